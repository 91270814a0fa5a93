package dev.terrain.report;

import dev.terrain.report.ReportPage.Fact;
import dev.terrain.v1.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the models of a study took to train. */
final class Costs {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Costs() {}

  /** Sums and extremes over the models; empty without models. */
  static List<Fact> of(List<Model> models) {
    if (models.isEmpty()) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>();
    Model longest =
        models.stream().max(Comparator.comparingLong(Model::getDurationMs)).orElseThrow();
    facts.add(
        new Fact(
            "Training, all models",
            duration(models.stream().mapToLong(Model::getDurationMs).sum())));
    facts.add(
        new Fact(
            "Longest training",
            duration(longest.getDurationMs())
                + " (model "
                + Objects.requireNonNullElse(longest.getModelId(), "")
                + ")"));
    facts.add(
        new Fact(
            "Steps of gradient descent",
            grouped(models.stream().mapToLong(Model::getNSteps).sum())));
    facts.add(
        new Fact(
            "Parameters of a model",
            grouped(models.stream().mapToLong(Model::getNParameters).min().orElse(0))
                + " to "
                + grouped(models.stream().mapToLong(Model::getNParameters).max().orElse(0))));
    return facts;
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** In the unit that fits, of the sum of the models' own times. */
  static String duration(long milliseconds) {
    if (milliseconds < SECOND) {
      return milliseconds + " ms";
    }
    if (milliseconds < 2 * MINUTE) {
      return Decimal.fixed(milliseconds / (double) SECOND, 1) + " s";
    }
    return milliseconds < 2 * HOUR
        ? Decimal.fixed(milliseconds / (double) MINUTE, 1) + " min"
        : Decimal.fixed(milliseconds / (double) HOUR, 1) + " h";
  }
}
