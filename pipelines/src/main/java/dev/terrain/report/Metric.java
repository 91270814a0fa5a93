package dev.terrain.report;

import dev.terrain.v1.Cell;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A metric that the report charts: where its mean stands in a cell and how it is shown. */
enum Metric {
  TEST_ACCURACY("Test accuracy", "percent", Scale.LINEAR, Subjects.MODELS),
  TRAIN_LOSS("Training loss", "nats, logarithmic colours", Scale.LOGARITHMIC, Subjects.MODELS),
  TOP_EIGENVALUE(
      "ln top Hessian eigenvalue",
      "natural logarithm of the cell mean",
      Scale.LINEAR_IN_LOGARITHM,
      Subjects.MODELS),
  TRACE(
      "ln Hessian trace",
      "natural logarithm of the cell mean",
      Scale.LINEAR_IN_LOGARITHM,
      Subjects.MODELS),
  MODE_CONNECTIVITY(
      "Mode connectivity",
      "percent of training error; below 0: barrier",
      Scale.SYMMETRIC,
      Subjects.PAIRS),
  CKA("CKA similarity", "of outputs, in [0, 1]", Scale.LINEAR, Subjects.ALL_PAIRS),
  L2_DISTANCE("L2 distance", "Euclidean, all parameters", Scale.LINEAR, Subjects.ALL_PAIRS);

  /** How colours follow values. */
  enum Scale {
    LINEAR,
    LOGARITHMIC,
    LINEAR_IN_LOGARITHM,
    SYMMETRIC
  }

  private enum Subjects {
    MODELS,
    PAIRS,
    ALL_PAIRS
  }

  private final String title;
  private final String unit;
  private final Scale scale;
  private final Subjects subjects;

  Metric(String title, String unit, Scale scale, Subjects subjects) {
    this.title = title;
    this.unit = unit;
    this.scale = scale;
    this.subjects = subjects;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** Name for files: lower case, hyphens. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Mean over the cell's models or pairs, as in the table. */
  Optional<Double> mean(Cell cell) {
    return finite(column(true).apply(cell));
  }

  /** Standard deviation over the cell's models or pairs. */
  Optional<Double> deviation(Cell cell) {
    return finite(column(false).apply(cell));
  }

  /** Standard error that the measurement gives the mean, where it is known. */
  Optional<Double> error(Cell cell) {
    return finite(
        switch (this) {
          case TOP_EIGENVALUE -> cell.getHessianTopEigenvalueError();
          case TRACE -> cell.getHessianTraceError();
          default -> null;
        });
  }

  /**
   * What is charted: the mean or its logarithm; none if the mean is unknown or has no logarithm.
   */
  Optional<Double> charted(Cell cell) {
    return switch (scale) {
      case LINEAR, SYMMETRIC -> mean(cell);
      case LOGARITHMIC -> mean(cell).filter(mean -> mean > 0);
      case LINEAR_IN_LOGARITHM -> mean(cell).filter(mean -> mean > 0).map(Math::log);
    };
  }

  /** The scale whose limits are those of the charted values. */
  ColourScale scale(List<Double> charted) {
    return switch (scale) {
      case LINEAR, LINEAR_IN_LOGARITHM -> ColourScale.linear(charted);
      case LOGARITHMIC -> ColourScale.logarithmic(charted);
      case SYMMETRIC -> ColourScale.symmetric(charted);
    };
  }

  /** A charted value as a cell of the map prints it: five characters or fewer where possible. */
  String label(double charted) {
    return switch (this) {
      case TEST_ACCURACY, MODE_CONNECTIVITY -> Decimal.fixed(charted, 1);
      case TRAIN_LOSS -> Decimal.significant(charted, charted < 0.01 ? 1 : 2);
      case TOP_EIGENVALUE, TRACE, CKA -> Decimal.fixed(charted, 2);
      case L2_DISTANCE -> Decimal.significant(charted, 3);
    };
  }

  /** What the mean is taken over, such as {@code 3 models} or {@code 1 of 3 pairs}. */
  String sample(Cell cell) {
    int models = cell.getNModels();
    int all =
        switch (subjects) {
          case MODELS -> models;
          case PAIRS -> cell.getNPairs();
          case ALL_PAIRS -> models * (models - 1) / 2;
        };
    String noun = subjects == Subjects.MODELS ? "model" : "pair";
    Integer measured = measured(cell);
    return measured == null || measured == all
        ? count(all, noun)
        : measured + " of " + count(all, noun);
  }

  /** Whether some of the cell's models or pairs have no value. */
  boolean isPartial(Cell cell) {
    return sample(cell).contains(" of ");
  }

  /** How many values the mean is of; null in rows of versions that did not count. */
  private Integer measured(Cell cell) {
    return switch (this) {
      case TEST_ACCURACY -> cell.getNTestAccuracy();
      case TRAIN_LOSS -> cell.getNTrainLoss();
      case TOP_EIGENVALUE -> cell.getNHessianTopEigenvalue();
      case TRACE -> cell.getNHessianTrace();
      case MODE_CONNECTIVITY -> cell.getNModeConnectivity();
      case CKA -> cell.getNCka();
      case L2_DISTANCE -> cell.getNL2Distance();
    };
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private Function<Cell, Double> column(boolean mean) {
    return switch (this) {
      case TEST_ACCURACY -> mean ? Cell::getTestAccuracyMean : Cell::getTestAccuracyStd;
      case TRAIN_LOSS -> mean ? Cell::getTrainLossMean : Cell::getTrainLossStd;
      case TOP_EIGENVALUE ->
          mean ? Cell::getHessianTopEigenvalueMean : Cell::getHessianTopEigenvalueStd;
      case TRACE -> mean ? Cell::getHessianTraceMean : Cell::getHessianTraceStd;
      case MODE_CONNECTIVITY -> mean ? Cell::getModeConnectivityMean : Cell::getModeConnectivityStd;
      case CKA -> mean ? Cell::getCkaMean : Cell::getCkaStd;
      case L2_DISTANCE -> mean ? Cell::getL2DistanceMean : Cell::getL2DistanceStd;
    };
  }

  private static Optional<Double> finite(Double value) {
    return Optional.ofNullable(value).filter(Double::isFinite);
  }
}
