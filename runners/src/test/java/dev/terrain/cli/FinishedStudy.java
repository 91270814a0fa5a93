package dev.terrain.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The small sweep, run once; tests that change anything take a copy. */
final class FinishedStudy {
  static final Path SWEEP;
  static final Path STUDY;

  /** The run that made the study. */
  static final Cli RUN;

  static {
    try {
      Path folder = Files.createTempDirectory("finished");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      SWEEP = SmallSweep.write(folder);
      STUDY = folder.resolve("study");
      RUN = Cli.run("run", SWEEP, "--out", STUDY, "--runner", "direct", "--workers", 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FinishedStudy() {}

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the study into a folder, as {@code copy}. */
  static Path copyIn(Path folder) throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(STUDY)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(STUDY.relativize(file).toString()));
      }
    }
    return copy;
  }

  static List<String> modelIds(Path folder) throws IOException {
    try (Stream<Path> models = Files.list(folder.resolve("models"))) {
      return models.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
