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
    if (!between.isEmpty() && (between.size() != 2 || between.get(0) > between.get(1))) {
      problems.add(
          path + ".between",
          "must be the smallest and the largest value"
              + problems.quote(", not " + SettingText.plain(between), ""));
    }
  }

  /**
   * Reports metrics and variants that no stage measures, and ranges that nothing but the check
   * itself could tell.
   *
   * @param known what stages measure; nothing is said if it is empty
   */
  static void checkMetrics(List<Check> checks, List<KnownMetric> known, Problems problems) {
    for (int i = 0; i < checks.size() && !known.isEmpty(); i++) {
      String path = KEY + "[" + i + "]";
      if (!problems.under(path) && !checks.get(i).getMetric().isEmpty()) {
        checkMetric(checks.get(i), path, known, problems);
      }
    }
  }

  private static void checkMetric(
      Check check, String path, List<KnownMetric> known, Problems problems) {
    List<KnownMetric> ofName =
        known.stream().filter(metric -> metric.name().equals(check.getMetric())).toList();
    List<String> names = known.stream().map(KnownMetric::name).distinct().toList();
    if (ofName.isEmpty()) {
      problems.add(
          path + ".metric",
          problems.quote("'" + check.getMetric() + "' ", "")
              + "is no metric that a stage measures; "
              + NearestKey.of(check.getMetric(), names)
                  .map(nearest -> "did you mean '" + nearest + "'?")
                  .orElse("'terrain metrics' lists them"));
      return;
    }
    List<KnownMetric> meant =
        ofName.stream()
            .filter(
                metric ->
                    check.getVariant().isEmpty() || metric.variant().equals(check.getVariant()))
            .toList();
    if (meant.isEmpty()) {
      problems.add(
          path + ".variant",
          "must be one of "
              + String.join(", ", ofName.stream().map(KnownMetric::variant).toList())
              + problems.quote(", not '" + check.getVariant() + "'", ""));
    } else if (check.getCheck().equals("range")
        && check.getBetween().isEmpty()
        && meant.stream().noneMatch(KnownMetric::isBounded)) {
      problems.add(
          path + ".between",
          "is missing; " + meant.get(0).name() + " can have any value, so a check needs a range");
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
    checkMetrics(checks, SweepSections.ofProcess().knownMetrics(), problems);
    problems.throwIfAny();
    return checks;
  }
}
