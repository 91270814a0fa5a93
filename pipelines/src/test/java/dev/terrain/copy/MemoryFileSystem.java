package dev.terrain.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;

/** A file system in memory, which can fail, with a scheme that Beam itself does not know. */
public final class MemoryFileSystem extends FileSystem<MemoryFile> {
  static final String SCHEME = "memory";

  /** All files, by their addresses. */
  public static final SortedMap<String, byte[]> FILES = new ConcurrentSkipListMap<>();

  /** What is written to these arrives damaged. */
  static volatile Predicate<String> damaged = address -> false;

  /** Writing to these fails at the end, and leaves what was written. */
  static volatile Predicate<String> full = address -> false;

  /** Whether files stay though they are to be deleted, without a word. */
  static volatile boolean keeps;

  public static void reset() {
    FILES.clear();
    damaged = address -> false;
    full = address -> false;
    keeps = false;
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    return specs.stream().map(MemoryFileSystem::match).toList();
  }

  private static MatchResult match(String spec) {
    Pattern pattern = Pattern.compile(Pattern.quote(spec).replace("*", "\\E[^/]*\\Q"));
    List<MatchResult.Metadata> found =
        FILES.entrySet().stream()
            .filter(file -> pattern.matcher(file.getKey()).matches())
            .map(
                file ->
                    MatchResult.Metadata.builder()
                        .setResourceId(new MemoryFile(file.getKey()))
                        .setSizeBytes(file.getValue().length)
                        .setIsReadSeekEfficient(false)
                        .build())
            .toList();
    return found.isEmpty()
        ? MatchResult.create(MatchResult.Status.NOT_FOUND, new FileNotFoundException(spec))
        : MatchResult.create(MatchResult.Status.OK, found);
  }

  @Override
  protected WritableByteChannel create(MemoryFile file, CreateOptions options) {
    return Channels.newChannel(
        new ByteArrayOutputStream() {
          @Override
          public void close() throws IOException {
            byte[] bytes = toByteArray();
            if (damaged.test(file.address())) {
              bytes[bytes.length / 2] ^= 1;
            }
            FILES.put(file.address(), bytes);
            if (full.test(file.address())) {
              throw new IOException("the memory is full");
            }
          }
        });
  }

  @Override
  protected ReadableByteChannel open(MemoryFile file) throws IOException {
    byte[] bytes = FILES.get(file.address());
    if (bytes == null) {
      throw new FileNotFoundException(file.address());
    }
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @Override
  protected void copy(List<MemoryFile> from, List<MemoryFile> to) {
    for (int i = 0; i < from.size(); i++) {
      FILES.put(to.get(i).address(), FILES.get(from.get(i).address()));
    }
  }

  @Override
  protected void rename(List<MemoryFile> from, List<MemoryFile> to, MoveOptions... options) {
    copy(from, to);
    from.forEach(file -> FILES.remove(file.address()));
  }

  @Override
  protected void delete(Collection<MemoryFile> files) {
    if (!keeps) {
      files.forEach(file -> FILES.remove(file.address()));
    }
  }

  @Override
  protected MemoryFile matchNewResource(String spec, boolean isDirectory) {
    return new MemoryFile(isDirectory && !spec.endsWith("/") ? spec + "/" : spec);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }
}
