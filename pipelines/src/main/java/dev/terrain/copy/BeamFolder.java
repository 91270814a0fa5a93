package dev.terrain.copy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A folder wherever Beam has a file system. No file is seen in part: it is written under a
 * temporary name, read back, and only then given its own.
 *
 * <p>The last step is one act in a folder, in {@code gs://} and in {@code s3://}. Where a file
 * system cannot put a file in another's place, such as HDFS, Beam removes that one first.
 */
final class BeamFolder {
  private final String address;

  /** A folder; see {@link CopyAddress}. */
  BeamFolder(String address) {
    this.address = address;
  }

  /** Address of a file. */
  String uri(String name) {
    return address + "/" + name;
  }

  /** Sizes of the files directly in a folder below this one, by their names in it. */
  SortedMap<String, Long> list(String folder) throws IOException {
    MatchResult found = FileSystems.match(uri(folder) + "/*", EmptyMatchTreatment.ALLOW);
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (MatchResult.Metadata file : found.metadata()) {
      String name = file.resourceId().getFilename();
      if (!file.resourceId().isDirectory() && name != null) {
        sizes.put(name, file.sizeBytes());
      }
    }
    return sizes;
  }

  /** A file, of which no more than some bytes are read; empty if there is none. */
  Optional<byte[]> read(String name, int limit) throws IOException {
    MatchResult found = FileSystems.match(uri(name), EmptyMatchTreatment.ALLOW);
    if (found.metadata().isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = open(file(name))) {
      return Optional.of(in.readNBytes(limit));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Puts a file in the place of whatever has this name.
   *
   * @return what it holds
   * @throws IOException if it cannot be written, or other bytes are read back
   */
  CopiedFile put(String name, InputStream content) throws IOException {
    String temporaryName = temporary(name);
    ResourceId temporary = file(temporaryName);
    try {
      CopiedFile written = write(temporary, content);
      CopiedFile found;
      try (InputStream in = open(temporary)) {
        found = CopiedFile.of(in);
      }
      if (!found.equals(written)) {
        throw new IOException(
            "%s was written with %d bytes, and other bytes (%d) were read back"
                .formatted(uri(name), written.size(), found.size()));
      }
      FileSystems.rename(List.of(temporary), List.of(file(name)));
      return written;
    } catch (IOException | RuntimeException e) {
      try {
        delete(List.of(temporaryName));
      } catch (IOException | RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  /**
   * Closing a channel may complete the file though writing to it has failed; hence the temporary
   * name.
   */
  private static CopiedFile write(ResourceId file, InputStream content) throws IOException {
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(file, MimeTypes.BINARY))) {
      return CopiedFile.transfer(content, out);
    }
  }

  /** Removes files that exist. */
  void delete(Collection<String> names) throws IOException {
    FileSystems.delete(names.stream().map(this::file).toList());
  }

  /** The name of a file that is not there yet; no pattern for table files fits it. */
  static String temporary(String name) {
    int file = name.lastIndexOf('/') + 1;
    return name.substring(0, file) + "." + name.substring(file) + ".copying";
  }

  private ResourceId file(String name) {
    return FileSystems.matchNewResource(uri(name), false);
  }

  private static InputStream open(ResourceId file) throws IOException {
    return Channels.newInputStream(FileSystems.open(file));
  }
}
