package dev.terrain.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The leases that this process holds, for tests that want none left. */
public final class LeasesOfThisProcess {
  private static final Path FOLDER = Path.of("leases");

  private LeasesOfThisProcess() {}

  /** Where those are that were acquired and not given back, whatever the store. */
  public static List<String> held() {
    return LeaseRenewal.underWay();
  }

  /** The objects of leases of this process in the studies below a folder. */
  public static List<Path> objects(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(LeasesOfThisProcess::isOne).toList();
    } catch (IOException | UncheckedIOException e) {
      // The folder changes while it is walked: whoever asks asks again.
      return List.of();
    }
  }

  private static boolean isOne(Path file) {
    int depth = file.getNameCount();
    if (depth < 4 || !file.getName(depth - 4).equals(FOLDER) || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      String lease = Files.readString(file, StandardCharsets.ISO_8859_1);
      return LeaseHolder.parse(lease.getBytes(StandardCharsets.ISO_8859_1))
          .filter(LeaseHolder.THIS_PROCESS::equals)
          .isPresent();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
