package dev.terrain.store;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Objects of one bucket of Google Cloud Storage whose names begin with one prefix. An upload
 * becomes visible as a whole or not at all; {@link #createIfAbsent} carries the precondition that
 * the object has no generation yet.
 *
 * <p>The client sends the CRC32C of what it uploads, by which the server refuses what was damaged
 * on the way; what is read is of one generation and has the CRC32C that the server keeps. Parts of
 * objects are not checked here: what is read by parts carries sums of its own.
 */
final class GcsStore implements ObjectStore {
  /** Metadata of an object by which the call that made it knows it again. */
  private static final String WRITER = "terrain-writer";

  private static final int READ_ATTEMPTS = 6;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final Supplier<Storage> client;
  private final String bucket;
  private final String root;

  /**
   * @param prefix the segments before every name, without a slash at its end; empty for the whole
   *     bucket
   */
  GcsStore(Supplier<Storage> client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.root = prefix.isEmpty() ? "" : ObjectNames.check(prefix) + "/";
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    BlobId id = id(name);
    String problem = "";
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      try {
        Blob found =
            client.get().get(id, BlobGetOption.fields(BlobField.CRC32C, BlobField.GENERATION));
        if (found == null) {
          return Optional.empty();
        }
        byte[] bytes = client.get().readAllBytes(id, ofGeneration(found));
        String sum = Crc32c.base64(bytes);
        if (found.getCrc32c() == null || found.getCrc32c().equals(sum)) {
          return Optional.of(bytes);
        }
        problem =
            "%d bytes with CRC32C %s instead of %s".formatted(bytes.length, sum, found.getCrc32c());
      } catch (StorageException e) {
        if (e.getCode() != NOT_FOUND && e.getCode() != PRECONDITION_FAILED) {
          throw failed(name, e);
        }
        problem = "it is being replaced all the time";
      }
    }
    throw new IOException(
        "gs://%s/%s%s: %s, %d times".formatted(bucket, root, name, problem, READ_ATTEMPTS));
  }

  /** Servers that play Google's may have neither generations nor sums. */
  private static BlobSourceOption[] ofGeneration(Blob found) {
    return found.getGeneration() == null
        ? new BlobSourceOption[0]
        : new BlobSourceOption[] {BlobSourceOption.generationMatch(found.getGeneration())};
  }

  @Override
  public Optional<byte[]> readRange(String name, long offset, int length) throws IOException {
    try (ReadChannel channel = client.get().reader(id(name))) {
      channel.setChunkSize(length);
      channel.seek(offset);
      return Optional.of(Channels.newInputStream(channel).readNBytes(length));
    } catch (StorageException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed(name, e);
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException cause) {
        if (cause.getCode() == NOT_FOUND) {
          return Optional.empty();
        }
        throw failed(name, cause);
      }
      throw e;
    }
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    BlobId id = id(name);
    try {
      client.get().create(BlobInfo.newBuilder(id).build(), bytes);
    } catch (StorageException e) {
      throw failed(name, e);
    }
  }

  @Override
  public boolean createIfAbsent(String name, byte[] bytes) throws IOException {
    BlobId id = id(name);
    String writer = UUID.randomUUID().toString();
    BlobInfo blob = BlobInfo.newBuilder(id).setMetadata(Map.of(WRITER, writer)).build();
    try {
      client.get().create(blob, bytes, BlobTargetOption.doesNotExist());
      return true;
    } catch (StorageException e) {
      if (e.getCode() != PRECONDITION_FAILED) {
        throw failed(name, e);
      }
      return isOf(writer, name);
    }
  }

  /** An object that was put by a call whose answer was lost is in the way of the same call. */
  private boolean isOf(String writer, String name) throws IOException {
    try {
      Blob found = client.get().get(id(name), BlobGetOption.fields(BlobField.METADATA));
      return found != null
          && found.getMetadata() != null
          && writer.equals(found.getMetadata().get(WRITER));
    } catch (StorageException e) {
      throw failed(name, e);
    }
  }

  @Override
  public boolean exists(String name) throws IOException {
    BlobId id = id(name);
    try {
      return client.get().get(id) != null;
    } catch (StorageException e) {
      throw failed(name, e);
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return list(prefix, BlobField.NAME).stream().map(StoredObject::name).toList();
  }

  @Override
  public List<StoredObject> describe(String prefix) throws IOException {
    return list(prefix, BlobField.NAME, BlobField.SIZE, BlobField.UPDATED);
  }

  private List<StoredObject> list(String prefix, BlobField... fields) throws IOException {
    String beginning = root + ObjectNames.checkPrefix(prefix);
    List<StoredObject> objects = new ArrayList<>();
    try {
      for (Blob blob :
          client
              .get()
              .list(bucket, BlobListOption.prefix(beginning), BlobListOption.fields(fields))
              .iterateAll()) {
        // Consoles mark empty folders by objects whose names end in a slash.
        if (!blob.getName().endsWith("/")) {
          objects.add(object(blob));
        }
      }
    } catch (StorageException e) {
      throw failed(prefix, e);
    }
    objects.sort(Comparator.comparing(StoredObject::name));
    return objects;
  }

  /** Fields that were not asked for are absent. */
  private StoredObject object(Blob blob) {
    OffsetDateTime updated = blob.getUpdateTimeOffsetDateTime();
    return new StoredObject(
        blob.getName().substring(root.length()),
        blob.getSize() == null ? 0 : blob.getSize(),
        updated == null ? Instant.EPOCH : updated.toInstant());
  }

  @Override
  public void delete(String name) throws IOException {
    BlobId id = id(name);
    try {
      client.get().delete(id);
    } catch (StorageException e) {
      throw failed(name, e);
    }
  }

  @Override
  public List<StoredObject> temporaries() {
    return List.of();
  }

  @Override
  public void deleteTemporary(String name) {
    throw new IllegalArgumentException(uri(name) + " is not temporary");
  }

  @Override
  public String uri(String name) {
    return "gs://" + bucket + "/" + root + ObjectNames.check(name);
  }

  private BlobId id(String name) {
    return BlobId.of(bucket, root + ObjectNames.check(name));
  }

  private IOException failed(String name, StorageException e) {
    return new IOException("gs://" + bucket + "/" + root + name + ": " + e.getMessage(), e);
  }
}
