package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives of narrow convolutional networks in float32 against float64. The system property
 * {@code terrain.arithmetic.repetitions} says how often each is computed: a few times by default;
 * where it is given, also on images of 28 x 28 pixels and in memory that is filled with NaN before
 * the engine gets it, which needs gcc. 1000 make it thorough.
 */
final class SinglePrecisionTest {
  private static final String REPETITIONS = "terrain.arithmetic.repetitions";

  private static final int SMALL = 8;
  private static final int LARGE = 28;

  static Stream<PrecisionCase> smallImages() {
    return PrecisionCase.all(SMALL);
  }

  static Stream<PrecisionCase> largeImages() {
    return PrecisionCase.all(LARGE);
  }

  @ParameterizedTest
  @MethodSource("smallImages")
  void float32_agreesWithFloat64_andWithItself(PrecisionCase precision) {
    assertThat(precision.relativeError(Integer.getInteger(REPETITIONS, 3)))
        .isLessThan(PrecisionCase.TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("largeImages")
  @EnabledIfSystemProperty(named = REPETITIONS, matches = "\\d+", disabledReason = "takes long")
  void theSame_onLargerImages(PrecisionCase precision) {
    assertThat(precision.relativeError(Integer.getInteger(REPETITIONS)))
        .isLessThan(PrecisionCase.TOLERANCE);
  }

  @Test
  @Tag("process")
  @EnabledIfSystemProperty(named = REPETITIONS, matches = "\\d+", disabledReason = "takes long")
  void theSame_inMemoryFilledWithNaN(@TempDir Path folder) throws Exception {
    Path library = FilledMemory.compile(folder);
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(InFilledMemory.class.getName());
    command.add(System.getProperty(REPETITIONS));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_PRELOAD", library.toString());
    Path output = folder.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    int code = process.waitFor();
    assertThat(code).as(() -> text(output)).isZero();
    assertThat(text(output)).contains("filled: true").contains("wrong: []");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The process whose memory is filled; ends with 1 if a case is wrong. */
  static final class InFilledMemory {
    private InFilledMemory() {}

    public static void main(String[] arguments) {
      int repetitions = Integer.parseInt(arguments[0]);
      System.out.println("filled: " + FilledMemory.isFilled());
      List<String> wrong = new ArrayList<>();
      Stream.of(SMALL, LARGE)
          .flatMap(PrecisionCase::all)
          .forEach(precision -> check(precision, repetitions, wrong));
      System.out.println("wrong: " + wrong);
      System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static void check(PrecisionCase precision, int repetitions, List<String> wrong) {
      try {
        double error = precision.relativeError(repetitions);
        System.out.printf("%s: %.1e%n", precision, error);
        if (error >= PrecisionCase.TOLERANCE) {
          wrong.add(precision + ": " + error);
        }
      } catch (AssertionError e) {
        wrong.add(e.getMessage());
      }
    }
  }
}
