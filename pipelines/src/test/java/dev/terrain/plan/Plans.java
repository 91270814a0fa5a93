package dev.terrain.plan;

import dev.terrain.run.SmallStudy;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans of the small study, and that study finished: run once, and changed in copies only. */
public final class Plans {
  public static final SmallStudy FINISHED = finish();

  private Plans() {}

  private static SmallStudy finish() {
    try {
      Path folder = Files.createTempDirectory("finished");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      SmallStudy study = new SmallStudy(folder);
      study.run(SmallStudy.SWEEP);
      return study;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Plan plan(SmallStudy study, Sweep sweep) throws IOException {
    return new Planner(sweep, study.context()).plan();
  }

  static Map<String, Integer> missing(Plan plan) {
    Map<String, Integer> missing = new LinkedHashMap<>();
    plan.stages().forEach(stage -> missing.put(stage.stage(), stage.missing().size()));
    return missing;
  }

  /** Numbers of units by stage, written as {@code "train 3, curvature 2"}. */
  static Map<String, Integer> units(String text) {
    return Stream.of(text.split(", ", -1))
        .map(words -> words.split(" ", -1))
        .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
  }
}
