package dev.terrain.stage.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.UnsteadySurface;
import dev.terrain.surface.WrongSurface;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of a curvature whose products cannot be right. */
final class DoubtedRowsTest {
  @TempDir private Path folder;
  private TinyStudy study;
  private ModelRef model;

  @BeforeEach
  void train() {
    study = new TinyStudy(folder);
    model = study.models(TinyStudy.spec(), 1).get(0);
  }

  private ModelCurvature sample(CurvatureSettings settings) throws IOException {
    return sample(settings, surface -> new WrongSurface(surface, 0, surface.dimension() / 2, 1.3));
  }

  private ModelCurvature sample(CurvatureSettings settings, UnaryOperator<LossSurface> seenAs)
      throws IOException {
    CellData data = CellData.of(model.getSpec(), null);
    TrainedModel trained = TrainedModel.load(model, data, study.context());
    return new ModelCurvature(trained, data, settings, StageListener.SILENT, seenAs);
  }

  private UnitResult measure(CurvatureSettings settings, String part) throws IOException {
    Unit unit = MeasuredUnits.curvature(model, settings, part);
    try (ModelCurvature sample = sample(settings)) {
      return part.equals(CurvatureStage.DIAGONAL)
          ? new DiagonalMeasurement(unit, sample, study.context()).measure(new UnitClock())
          : new SpectrumMeasurement(unit, sample, study.context()).measure(new UnitClock());
    }
  }

  private static void assertDoubted(List<Measurement> rows) {
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.getStatus()).isNotEqualTo(MeasurementStatus.OK);
              assertThat(row.getReason()).contains("the engine's products are wrong");
            });
  }

  @Test
  void noRowOfTheSpectrumIsOk() throws IOException {
    UnitResult result = measure(CurvatureSettings.newBuilder().build(), CurvatureStage.SPECTRUM);
    assertDoubted(result.getMeasurements());
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric)
        .contains("hessian_top_eigenvalue", "hessian_trace", "worst_case_sharpness");
    assertThat(result.getSpectra().get(0).getNUpperConverged()).isZero();
  }

  @Test
  void norIsThatOfTheDiagonal() throws IOException {
    assertDoubted(
        measure(
                CurvatureSettings.newBuilder().setDiagonalProducts(20).build(),
                CurvatureStage.DIAGONAL)
            .getMeasurements());
  }

  @Test
  void norIsTheTraceAlone() throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder().setEigenvalues(0).setLowerEigenvalues(0).build();
    assertDoubted(measure(settings, CurvatureStage.SPECTRUM).getMeasurements());
  }

  @Test
  void norAreTheValuesByTheStudysProcedure() throws IOException {
    CurvatureSettings settings = CurvatureSettings.newBuilder().setVariant("paper").build();
    Unit unit = MeasuredUnits.curvature(model, settings, CurvatureStage.SPECTRUM);
    try (ModelCurvature sample = sample(settings)) {
      assertDoubted(
          CurvatureStage.paper(unit, sample).stream()
              .map(row -> row.setDurationMs(0).setComputedAt(Instant.EPOCH).build())
              .toList());
    }
  }

  @Test
  void surfaceThatDisagreesWithItself_failsTheUnit() throws IOException {
    CurvatureSettings settings = CurvatureSettings.newBuilder().build();
    for (String part : List.of(CurvatureStage.SPECTRUM, "average_sharpness")) {
      Unit unit = MeasuredUnits.curvature(model, settings, part);
      try (ModelCurvature unsteady =
          sample(settings, surface -> new UnsteadySurface(surface, false))) {
        assertThatThrownBy(
                () -> {
                  if (part.equals(CurvatureStage.SPECTRUM)) {
                    new SpectrumMeasurement(unit, unsteady, study.context())
                        .measure(new UnitClock());
                  } else {
                    new PointMeasurement(unit, unsteady, PointMeasures.named(part))
                        .measure(new UnitClock());
                  }
                })
            .isInstanceOf(EngineFaultException.class)
            .hasMessageContaining("component 5 of the gradient of model ");
      }
    }
  }
}
