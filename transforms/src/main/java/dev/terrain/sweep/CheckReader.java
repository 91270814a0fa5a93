package dev.terrain.sweep;

import dev.terrain.v1.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the section {@code checks} of a sweep file, or of a file that has only that. */
final class CheckReader {
  static final String KEY = "checks";

  private CheckReader() {}

  /** The checks of a document; what is wrong with them is reported. */
  static List<Check> read(YamlMapping document, Problems problems) {
    Optional<Node> node = document.get(KEY);
    if (node.isEmpty()) {
      return List.of();
    }
    return new RecordReader(problems)
        .list(Check.getClassSchema(), node.get(), KEY)
        .map(records -> records.stream().map(Check.class::cast).toList())
        .orElse(List.of());
  }

  /** Reports what must hold between the fields of a check and does not. */
  static void check(List<Check> checks, Problems problems) {
    for (int i = 0; i < checks.size(); i++) {
      String path = KEY + "[" + i + "]";
      if (!problems.under(path)) {
        check(checks.get(i), path, problems);
      }
    }
  }

  private static void check(Check check, String path, Problems problems) {
    boolean range = check.getCheck().equals("range");
    boolean ofMetric = range || check.getCheck().equals("converged");
    if (range && check.getMetric().isEmpty()) {
      problems.add(path + ".metric", "is missing; the check range looks at one metric");
    }
    if (!ofMetric && !check.getMetric().isEmpty()) {
      problems.add(path + ".metric", "the check " + check.getCheck() + " looks at no one metric");
    }
    if (check.getMetric().isEmpty() && !check.getVariant().isEmpty()) {
      problems.add(path + ".variant", "without a metric there is none");
    }
    List<Double> between = check.getBetween();
    if (range && between.isEmpty()) {
      problems.add(path + ".between", "is missing; the check range needs it");
    }
    if (!between.isEmpty() && (between.size() != 2 || between.get(0) > between.get(1))) {
      problems.add(
          path + ".between",
          "must be the smallest and the largest value"
              + problems.quote(", not " + SettingText.plain(between), ""));
    }
  }

  /**
   * The checks of a file that holds the section {@code checks} alone.
   *
   * @throws InvalidSweepException if the file cannot be read or holds no valid checks, with all
   *     that is wrong
   */
  static List<Check> read(Path file) {
    Problems problems = new Problems(file.toString());
    String text = SweepText.read(file, SweepFile.MAX_BYTES);
    Optional<Node> root = YamlText.compose(text, SweepFile.MAX_BYTES, problems);
    problems.throwIfAny();
    Optional<YamlMapping> document = YamlMapping.of(root.orElseThrow(), "", List.of(KEY), problems);
    problems.throwIfAny();
    List<Check> checks = read(document.orElseThrow(), problems);
    check(checks, problems);
    problems.throwIfAny();
    return checks;
  }
}
