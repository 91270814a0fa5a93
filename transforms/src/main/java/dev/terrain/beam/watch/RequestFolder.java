package dev.terrain.beam.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The requests in a folder of this machine. What lies in it may be anybody's: only files are read,
 * and no link is followed, or else whoever can write a link could have any file read that this
 * process may read.
 */
final class RequestFolder {
  private RequestFolder() {}

  /** The path of an address without a scheme, or with the scheme {@code file}; else empty. */
  static Optional<Path> path(String address) {
    if (address.startsWith("file:")) {
      return Optional.of(Path.of(URI.create(address)));
    }
    return address.contains("://") ? Optional.empty() : Optional.of(Path.of(address));
  }

  /**
   * All that has the name of a request, with a stamp that changes when it does; nothing if there is
   * no such folder.
   */
  static Map<String, String> list(Path folder) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (RequestText.isRequest(entry.getFileName().toString())) {
          stamp(entry).ifPresent(stamp -> stamps.put(entry.toString(), stamp));
        }
      }
    } catch (NoSuchFileException e) {
      return stamps;
    }
    return stamps;
  }

  private static Optional<String> stamp(Path entry) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(entry);
      String stamp = attributes.size() + " bytes of " + attributes.lastModifiedTime().toMillis();
      return Optional.of(attributes.isRegularFile() ? stamp : kind(attributes) + ", " + stamp);
    } catch (NoSuchFileException e) {
      // Gone since it was listed.
      return Optional.empty();
    }
  }

  /**
   * Reads a file.
   *
   * @param source what messages call it
   * @param most bytes that it may have
   * @throws RefusedRequestException if it is something else than a file, or has more bytes
   * @throws NoSuchFileException if it is gone
   * @throws IOException if it cannot be read
   */
  static byte[] read(Path file, String source, int most) throws IOException {
    BasicFileAttributes attributes = attributes(file);
    if (!attributes.isRegularFile()) {
      throw new RefusedRequestException(
          source + ": is a " + kind(attributes) + "; a request must be a file");
    }
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(
                file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
      return read(in, source, most);
    } catch (AccessDeniedException e) {
      throw new IOException("access denied", e);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new IOException(String.valueOf(e.getReason()), e);
    }
  }

  /** Reads at most so many bytes. */
  static byte[] read(InputStream in, String source, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new RefusedRequestException(source + ": has more than " + most + " bytes");
    }
    return bytes;
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "symbolic link, which is not followed";
    }
    return attributes.isDirectory() ? "folder" : "pipe, socket or device";
  }
}
