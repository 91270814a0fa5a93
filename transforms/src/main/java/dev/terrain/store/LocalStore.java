package dev.terrain.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as files below a folder. A file is written under a temporary name beside its place and
 * forced to the disk, then renamed, or hard-linked where the name must be free; the file system
 * must offer both.
 */
final class LocalStore implements ObjectStore {
  private final Path root;

  LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw named(path(name), e);
    }
  }

  @Override
  public Optional<byte[]> readRange(String name, long offset, int length) throws IOException {
    try (InputStream in = Files.newInputStream(path(name))) {
      // Files are channels, which skip without reading.
      in.skipNBytes(offset);
      return Optional.of(in.readNBytes(length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (EOFException e) {
      return Optional.of(new byte[0]);
    } catch (IOException e) {
      throw named(path(name), e);
    }
  }

  /** What a channel throws names no file. */
  private static IOException named(Path file, IOException problem) {
    if (Files.isDirectory(file)) {
      return new FileSystemException(file.toString(), null, "is a folder, not a file");
    }
    return problem instanceof FileSystemException
        ? problem
        : new FileSystemException(file.toString(), null, problem.getMessage());
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    Path target = path(name);
    Path temporary = writeTemporary(target, bytes);
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public boolean createIfAbsent(String name, byte[] bytes) throws IOException {
    Path target = path(name);
    if (Files.exists(target)) {
      return false;
    }
    Path temporary = writeTemporary(target, bytes);
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path writeTemporary(Path target, byte[] bytes) throws IOException {
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling(ObjectNames.TEMPORARY + UUID.randomUUID());
    try (FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw named(target, e);
    }
    return temporary;
  }

  @Override
  public boolean exists(String name) {
    return Files.isRegularFile(path(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return describe(prefix).stream().map(StoredObject::name).toList();
  }

  @Override
  public List<StoredObject> describe(String prefix) throws IOException {
    return describe(ObjectNames.checkPrefix(prefix), false);
  }

  @Override
  public List<StoredObject> temporaries() throws IOException {
    return describe("", true);
  }

  @Override
  public void deleteTemporary(String name) throws IOException {
    int file = name.lastIndexOf('/') + 1;
    if (!name.startsWith(ObjectNames.TEMPORARY, file)) {
      throw new IllegalArgumentException(name + " is not temporary");
    }
    Path folder = file == 0 ? root : path(name.substring(0, file - 1));
    Files.deleteIfExists(folder.resolve(name.substring(file)));
  }

  private List<StoredObject> describe(String prefix, boolean temporary) throws IOException {
    Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    List<StoredObject> objects = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
              // A study has a folder for each model, and its plans lie beside all of them.
              return inner.equals(folder) || mayHold(prefix, name(inner) + "/")
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = name(file);
              if (name.startsWith(prefix)
                  && temporary == file.getFileName().toString().startsWith(ObjectNames.TEMPORARY)) {
                objects.add(
                    new StoredObject(
                        name, attributes.size(), attributes.lastModifiedTime().toInstant()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              // Temporary files of other writers come and go.
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    }
    objects.sort(Comparator.comparing(StoredObject::name));
    return objects;
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static boolean mayHold(String prefix, String folder) {
    return folder.startsWith(prefix) || prefix.startsWith(folder);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public String uri(String name) {
    return path(name).toString();
  }

  private Path path(String name) {
    return root.resolve(ObjectNames.check(name));
  }
}
