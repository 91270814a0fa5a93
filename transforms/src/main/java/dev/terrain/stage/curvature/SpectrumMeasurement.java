package dev.terrain.stage.curvature;

import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.panel.CurvatureTrace;
import dev.terrain.curvature.panel.ImageGrowth;
import dev.terrain.curvature.sharpness.WorstCaseSharpness;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.UnitClock;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the spectrum of one model's curvature matrix: its panel, with the sharpness of the
 * quadratic model where the matrix is the whole Hessian; or its trace alone where no eigenpairs are
 * wanted.
 */
final class SpectrumMeasurement {
  private final Unit unit;
  private final ModelCurvature sample;
  private final CurvatureSettings settings;
  private final String id;
  private final KeptVectors.Place place;
  private final List<Measurement.Builder> measurements = new ArrayList<>();
  private final List<Spectrum.Builder> spectra = new ArrayList<>();

  SpectrumMeasurement(Unit unit, ModelCurvature sample, StageContext context) {
    this.unit = unit;
    this.sample = sample;
    this.settings = sample.settings();
    this.id = sample.model().streams();
    this.place = new KeptVectors.Place(unit, sample.model(), sample.subset(), context);
  }

  UnitResult measure(UnitClock clock) throws IOException {
    if (settings.getEigenvalues() == 0) {
      measureTrace();
    } else {
      measurePanel();
    }
    sample.flaw().ifPresent(flaw -> CurvatureRows.doubt(measurements, flaw));
    return clock.finish(
        unit, CurvatureStage.CODE_VERSION, List.of(), measurements, spectra, List.of());
  }

  private void measurePanel() throws IOException {
    ImageGrowth<CurvaturePanel> growth =
        ImageGrowth.ofPanel(
            examples -> sample.operator(sample.images(examples)), sample.available(), settings, id);
    ImageSample images = sample.images(growth.examples());
    CurvaturePanel panel = growth.measure();
    measurements.addAll(rows(images).panel(panel, growth.products()));
    if (sample.kind() == Kind.HESSIAN && !sample.isRestricted()) {
      measurements.add(
          rows(images)
              .point(
                  PointMeasures.named("worst_case_sharpness").metric(),
                  PointMeasures.QUADRATIC,
                  WorstCaseSharpness.inBall()
                      .ofQuadraticModel(
                          sample.surface(images), sample.model().weights(), panel.pairs())));
    }
    KeptVectors kept =
        KeptVectors.eigenvectors(panel.largestPairs(), settings.getKeepEigenvectors(), place);
    spectra.add(
        new SpectrumRow(panel)
            .row(unit, settings.getOperator(), images)
            .setParameters(CurvatureRows.parameters(settings))
            .setLoss(settings.getLoss())
            .setNParameters(place.subset().size())
            .setEigenvectorsUri(kept.uri())
            .setEigenvectorsSha256(kept.sha256()));
  }

  private void measureTrace() {
    ImageGrowth<CurvatureTrace> growth =
        ImageGrowth.ofTrace(
            examples -> sample.operator(sample.images(examples)), sample.available(), settings, id);
    measurements.addAll(
        rows(sample.images(growth.examples())).trace(growth.measure(), growth.products()));
  }

  private CurvatureRows rows(ImageSample images) {
    return new CurvatureRows(unit, images, settings);
  }
}
