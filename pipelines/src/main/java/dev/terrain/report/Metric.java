package dev.terrain.report;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric that the report charts, by one of its definitions, and how it is shown.
 *
 * @param stage name of the stage that measures it
 * @param info what is known of it
 * @param variant which definition
 * @param parameters those of the model that it is restricted to; empty for the whole model
 */
record Metric(String stage, MetricInfo info, Variant variant, String parameters) {
  private static final double SMALL = 0.1;

  /** Whether it belongs to the charts that come first. */
  boolean isHeadline() {
    return variant.headline() && parameters.isEmpty();
  }

  /** Name for people, with whatever is not usual in brackets. */
  String name() {
    String which = isPreferred() ? "" : variant.name();
    String joined = which.isEmpty() || parameters.isEmpty() ? "" : ", ";
    String notes = which + joined + parameters;
    return info.title() + (notes.isEmpty() ? "" : " (" + notes + ")");
  }

  /**
   * Name in the data of a page: that of the metric, with whatever is not usual after it, as in
   * {@code cka/debiased} or {@code hessian_trace:fc1}.
   */
  String key() {
    return info.name()
        + (isPreferred() ? "" : "/" + variant.name())
        + (parameters.isEmpty() ? "" : ":" + parameters);
  }

  /** What follows a charted value in a sentence: its unit, as far as it has one. */
  String suffix() {
    if (variant.unit().equals("1") || info.scale() == Scale.LINEAR_IN_LOGARITHM) {
      return "";
    }
    return " " + (variant.unit().equals("percent") ? "%" : variant.unit());
  }

  private boolean isPreferred() {
    return variant.name().equals(info.variants().get(0).name());
  }

  /** The name of what is charted. */
  String title() {
    return (info.scale() == Scale.LINEAR_IN_LOGARITHM ? "ln " : "") + name();
  }

  /** Unit and scale of what is charted, and which values are better; empty for a pure number. */
  String unit() {
    List<String> parts = new ArrayList<>();
    if (info.scale() == Scale.LINEAR_IN_LOGARITHM) {
      parts.add("natural logarithm of the cell mean");
    } else if (!variant.unit().equals("1")) {
      parts.add(variant.unit());
    }
    if (info.scale() == Scale.LOGARITHMIC) {
      parts.add("logarithmic colours");
    }
    if (info.better() != Better.NEITHER) {
      parts.add(info.better() + " is better");
    }
    return String.join(", ", parts);
  }

  /** Name for files: lower case, hyphens. */
  String slug() {
    String which = isPreferred() ? "" : "-" + variant.name();
    String part = parameters.isEmpty() ? "" : "-of-" + parameters;
    return (info.name() + which + part).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }

  /**
   * What is charted: the mean or its logarithm; none if the mean is unknown or has no logarithm.
   */
  Optional<Double> charted(CellMetric row) {
    Optional<Double> mean = finite(row.getMean());
    return switch (info.scale()) {
      case LINEAR, SYMMETRIC -> mean;
      case LOGARITHMIC -> mean.filter(value -> value > 0);
      case LINEAR_IN_LOGARITHM -> mean.filter(value -> value > 0).map(Math::log);
    };
  }

  /** The scale whose limits are those of the charted values. */
  ColourScale scale(List<Double> charted) {
    return switch (info.scale()) {
      case LINEAR, LINEAR_IN_LOGARITHM -> ColourScale.linear(charted);
      case LOGARITHMIC -> ColourScale.logarithmic(charted);
      case SYMMETRIC -> ColourScale.symmetric(charted);
    };
  }

  /** A charted value as a cell of the map prints it: five characters or fewer where possible. */
  String label(double charted) {
    if (variant.unit().equals("percent")) {
      return Decimal.fixed(charted, 1);
    }
    boolean small = Math.abs(charted) < SMALL;
    return switch (info.scale()) {
      case LOGARITHMIC -> Decimal.significant(charted, charted < SMALL * SMALL ? 1 : 2);
      case LINEAR_IN_LOGARITHM -> Decimal.fixed(charted, 2);
      case SYMMETRIC -> Decimal.significant(charted, small ? 1 : 2);
      case LINEAR ->
          variant.range().max() <= 1 ? Decimal.fixed(charted, 2) : Decimal.significant(charted, 3);
    };
  }

  /** What the mean is taken over, such as {@code 3 models} or {@code 1 of 3 pairs}. */
  String sample(Cell cell, CellMetric row) {
    int all = all(cell, row);
    return row.getN() == all ? count(all, noun()) : row.getN() + " of " + count(all, noun());
  }

  /** How many models or pairs a cell has that the mean could be taken over. */
  int all(Cell cell, CellMetric row) {
    int models = cell.getNModels();
    int known =
        switch (info.summary()) {
          case MEAN_OVER_MODELS -> models;
          case MEAN_OVER_CONNECTED_PAIRS -> cell.getNPairs();
          case MEAN_OVER_PAIRS -> models * (models - 1) / 2;
          case ONE_VALUE -> 1;
        };
    return Math.max(known, row.getN() + row.getNWithoutValue());
  }

  /** What each value is measured on: a model, a pair of models, or the cell. */
  String noun() {
    return switch (info.summary().subject()) {
      case MODEL -> "model";
      case PAIR -> "pair";
      case CELL -> "value";
    };
  }

  /** Whether some of the cell's models or pairs have no value. */
  boolean isPartial(Cell cell, CellMetric row) {
    return sample(cell, row).contains(" of ");
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** A number that can be charted. */
  static Optional<Double> finite(@Nullable Double value) {
    return Optional.ofNullable(value).filter(Double::isFinite);
  }

  /** What there is to know of a metric that no stage of this process measures. */
  static Metric unknown(CellMetric row) {
    Variant variant =
        new Variant(
            row.getVariant(),
            row.getUnit(),
            MetricInfo.Range.ALL,
            "not known here",
            "not known here",
            false);
    return new Metric(
        "",
        new MetricInfo(
            row.getMetric(),
            row.getMetric().replace('_', ' '),
            List.of(variant),
            Scale.LINEAR,
            Better.NEITHER,
            summary(row.getSummary()),
            "not known here"),
        variant,
        parameters(row));
  }

  private static Summary summary(String text) {
    for (Summary summary : Summary.values()) {
      if (summary.toString().equals(text)) {
        return summary;
      }
    }
    return Summary.MEAN_OVER_MODELS;
  }

  static String parameters(CellMetric row) {
    return row.getParameters() == null ? "" : row.getParameters();
  }
}
