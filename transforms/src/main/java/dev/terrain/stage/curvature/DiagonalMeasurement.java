package dev.terrain.stage.curvature;

import dev.terrain.curvature.panel.CurvatureDiagonal;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;

/** Measures the diagonal of one model's curvature matrix. */
final class DiagonalMeasurement {
  private final Unit unit;
  private final ModelCurvature sample;
  private final StageContext context;

  DiagonalMeasurement(Unit unit, ModelCurvature sample, StageContext context) {
    this.unit = unit;
    this.sample = sample;
    this.context = context;
  }

  UnitResult measure(UnitClock clock) throws IOException {
    CurvatureSettings settings = sample.settings();
    ImageSample images = sample.images(settings.getExamples());
    TrainedModel model = sample.model();
    CurvatureDiagonal diagonal =
        CurvatureDiagonal.measure(sample.operator(images), settings, model.streams());
    KeptVectors kept =
        KeptVectors.diagonal(
            diagonal.entries(), new KeptVectors.Place(unit, model, sample.subset(), context));
    List<Measurement.Builder> rows =
        List.of(new CurvatureRows(unit, images, settings).diagonal(diagonal, kept));
    sample.flaw().ifPresent(flaw -> CurvatureRows.doubt(rows, flaw));
    return clock.finish(unit, CurvatureStage.CODE_VERSION, rows);
  }
}
