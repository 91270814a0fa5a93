package dev.terrain.stage.curvature;

import dev.terrain.curvature.panel.CurvatureDiagonal;
import dev.terrain.curvature.panel.CurvatureEstimate;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.panel.CurvatureTrace;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.MeasurementRows;
import dev.terrain.stage.MetricInfo;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the rows of the table of measurements from what was measured of a model's curvature. */
final class CurvatureRows {
  private final Unit unit;
  private final ImageSample images;
  private final CurvatureSettings settings;

  /**
   * @param images that all values were computed on
   * @param settings what was measured
   */
  CurvatureRows(Unit unit, ImageSample images, CurvatureSettings settings) {
    this.unit = unit;
    this.images = images;
    this.settings = settings;
  }

  /** The parameters that the matrix is restricted to; null for all of them. */
  static @Nullable String parameters(CurvatureSettings settings) {
    return settings.getParameters().isEmpty()
        ? null
        : settings.getParameters().stream().sorted().collect(Collectors.joining("+"));
  }

  /**
   * The rows of a panel.
   *
   * @param products spent in all
   */
  List<Measurement.Builder> panel(CurvaturePanel panel, long products) {
    List<Measurement.Builder> rows = new ArrayList<>();
    rows.add(row("top_eigenvalue", panel.upper().get(0), products));
    if (!panel.lower().isEmpty()) {
      rows.add(row("smallest_eigenvalue", panel.lower().get(0), products));
    }
    rows.add(row("trace", panel.trace(), products));
    rows.add(row("frobenius_norm", panel.frobeniusNorm(), products));
    rows.add(row("effective_rank", panel.effectiveRank(), products).setUnit("1"));
    rows.add(row("negative_mass", panel.negativeMass(), products).setUnit("1"));
    return rows;
  }

  /**
   * The rows of a trace without eigenpairs.
   *
   * @param products spent in all
   */
  List<Measurement.Builder> trace(CurvatureTrace trace, long products) {
    return List.of(
        row("trace", trace.trace(), products),
        row("frobenius_norm", trace.frobeniusNorm(), products),
        row("effective_rank", trace.effectiveRank(), products).setUnit("1"));
  }

  /** The row of a diagonal, which is kept. */
  Measurement.Builder diagonal(CurvatureDiagonal diagonal, KeptVectors kept) {
    return row("largest_diagonal_entry", diagonal.largest(), diagonal.products())
        .setValuesUri(kept.uri())
        .setValuesSha256(kept.sha256());
  }

  private Measurement.Builder row(String metric, CurvatureEstimate estimate, long products) {
    Measurement.Builder row =
        begin(ofMatrix(metric), "nats")
            .setVariant(variant("default"))
            .setParameters(parameters(settings))
            .setNEvaluations(products);
    if (estimate.value() == null) {
      row.setStatus(MeasurementStatus.UNDEFINED);
    } else if (!estimate.converged()) {
      row.setStatus(MeasurementStatus.NOT_CONVERGED);
    }
    return row.setValue(estimate.value())
        .setReason(estimate.reason())
        .setStdError(estimate.standardError())
        .setDataStdError(estimate.dataStandardError())
        .setDataBias(estimate.dataBias())
        .setResidual(estimate.residual());
  }

  /**
   * The row of a measure at the point.
   *
   * @param definition the variant of the metric for the cross-entropy
   */
  Measurement.Builder point(MetricInfo metric, String definition, ScalarMeasure measure) {
    Measurement.Builder row =
        MeasurementRows.valueOr(
            begin(metric.name(), metric.variants().get(0).unit()),
            measure.value(),
            measure.reason());
    if (measure.value() != null && measure.reason() != null) {
      row.setStatus(MeasurementStatus.NOT_CONVERGED).setReason(measure.reason());
    }
    return row.setVariant(variant(definition))
        .setStdError(measure.standardError())
        .setDataStdError(measure.dataStandardError())
        .setDataBias(measure.dataBias())
        .setNEvaluations(
            measure.cost().evaluations() + measure.cost().gradients() + measure.cost().products());
  }

  /** The row of a value by the study's procedure, which knows no error. */
  Measurement.Builder paper(String metric, PaperCurvature.Estimate estimate) {
    Measurement.Builder row =
        begin(ofMatrix(metric), "nats")
            .setVariant("paper")
            .setValue(estimate.value())
            .setNEvaluations(estimate.products());
    return estimate.stop() == PaperCurvature.Stop.VALUE_STOPPED_MOVING
        ? row
        : row.setStatus(MeasurementStatus.NOT_CONVERGED)
            .setReason(
                "the value still moved after the %d iterations of the study's rule"
                    .formatted(estimate.products()));
  }

  /**
   * Makes no value of the rows count: what was computed beside products that cannot be right is as
   * doubtful.
   */
  static void doubt(List<Measurement.Builder> rows, String flaw) {
    for (Measurement.Builder row : rows) {
      if (row.getStatus() == MeasurementStatus.OK) {
        row.setStatus(MeasurementStatus.NOT_CONVERGED);
      }
      if (row.getReason() == null) {
        row.setReason(flaw);
      } else if (!row.getReason().contains(flaw)) {
        row.setReason(row.getReason() + "; " + flaw);
      }
    }
  }

  private String ofMatrix(String metric) {
    return settings.getOperator() + "_" + metric;
  }

  private boolean isOfCrossEntropy() {
    return settings.getLoss().equals("cross_entropy");
  }

  private String variant(String definition) {
    if (isOfCrossEntropy()) {
      return definition;
    }
    return definition.equals("default")
        ? settings.getLoss()
        : settings.getLoss() + " " + definition;
  }

  private Measurement.Builder begin(String metric, String unitOfValue) {
    return new MeasurementRows(unit, CurvatureStage.CODE_VERSION)
        .ofModel(unit.getModels().get(0))
        .setMetric(metric)
        .setUnit(unitOfValue.equals("nats") && !isOfCrossEntropy() ? "1" : unitOfValue)
        .setNExamples(images.size())
        .setSeed(CurvatureStage.SUBSET_SEED)
        .setExamplesSha256(images.sha256());
  }
}
