package dev.terrain.data;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder or {@code gs://} prefix with the IDX files of a data set, each plain or compressed by
 * gzip. The last dash of a name, as in {@code train-images-idx3-ubyte}, may be a dot, as some tools
 * that unpack make it.
 */
final class IdxFolder {
  private static final int MOST_NAMES = 6;
  private static final Pattern KNOWN = Pattern.compile("[a-z0-9]+-[a-z]+[-.]idx\\d-ubyte(\\.gz)?");
  private static final Pattern LIKE =
      Pattern.compile(".*(idx|images|labels).*", Pattern.CASE_INSENSITIVE);

  private final ObjectStore store;
  private final String location;
  private final String remedy;

  /**
   * A folder.
   *
   * @param remedy what to do if a file is missing
   */
  IdxFolder(String location, String remedy) {
    this.store = ObjectStores.open(location);
    this.location = location;
    this.remedy = remedy;
  }

  /**
   * Reads a file.
   *
   * @param part such as {@code train-images}
   * @param dimensions those of its array
   * @throws InvalidDataException if it is missing, cannot be read or is corrupt
   * @throws IOException if a bucket fails
   */
  IdxFile read(String part, int dimensions) throws IOException {
    String ending = "idx" + dimensions + "-ubyte";
    for (String name : List.of(part + "-" + ending, part + "." + ending)) {
      for (String file : List.of(name + ".gz", name)) {
        Optional<byte[]> bytes = read(file);
        if (bytes.isPresent()) {
          return IdxFile.parse(bytes.get(), dimensions, store.uri(file));
        }
      }
    }
    throw new InvalidDataException(
        "%s lacks %s-%s.gz%s; %s".formatted(location, part, ending, othersThere(), remedy));
  }

  private Optional<byte[]> read(String file) throws IOException {
    try {
      return store.read(file);
    } catch (IOException e) {
      if (isBucket()) {
        throw e;
      }
      throw new InvalidDataException(
          "%s: cannot be read (%s); %s".formatted(store.uri(file), e.getMessage(), remedy), e);
    }
  }

  /** Files that may be meant, as nobody looks into folders for them. */
  private String othersThere() {
    File[] files = isBucket() ? null : new File(store.uri("x")).getParentFile().listFiles();
    List<String> names =
        files == null
            ? List.of()
            : Arrays.stream(files)
                .map(File::getName)
                .filter(name -> !KNOWN.matcher(name).matches() && LIKE.matcher(name).matches())
                .sorted()
                .limit(MOST_NAMES)
                .toList();
    return names.isEmpty()
        ? ""
        : ", but has %s; if these are meant, rename them".formatted(String.join(", ", names));
  }

  private boolean isBucket() {
    return location.startsWith("gs://");
  }
}
