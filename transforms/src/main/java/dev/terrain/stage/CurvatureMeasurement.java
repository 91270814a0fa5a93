package dev.terrain.stage;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.panel.CurvatureDiagonal;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.panel.CurvatureTrace;
import dev.terrain.curvature.panel.ImageGrowth;
import dev.terrain.data.ImageSample;
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
 * Measures what the settings ask for of one model's curvature matrix: its panel, or its trace alone
 * where no eigenpairs are wanted; its diagonal; and the further measures, which are the whole
 * model's even where the matrix is that of some parameters.
 */
final class CurvatureMeasurement {
  private final Unit unit;
  private final ModelCurvature sample;
  private final List<PointMeasure> pointMeasures;
  private final CurvatureSettings settings;
  private final String id;
  private final KeptVectors.Place place;
  private final List<Measurement.Builder> measurements = new ArrayList<>();
  private final List<Spectrum.Builder> spectra = new ArrayList<>();

  /**
   * @param pointMeasures the further measures that are asked for, in their order
   */
  CurvatureMeasurement(
      Unit unit, ModelCurvature sample, List<PointMeasure> pointMeasures, StageContext context) {
    this.pointMeasures = pointMeasures;
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
    boolean ofHessian = sample.kind() == Kind.HESSIAN && !sample.isRestricted();
    measureFurther(images, ofHessian ? panel.pairs() : List.of());
  }

  private void measureTrace() throws IOException {
    ImageGrowth<CurvatureTrace> growth =
        ImageGrowth.ofTrace(
            examples -> sample.operator(sample.images(examples)), sample.available(), settings, id);
    ImageSample images = sample.images(growth.examples());
    measurements.addAll(rows(images).trace(growth.measure(), growth.products()));
    measureFurther(images, List.of());
  }

  /**
   * @param pairs of the whole model's Hessian; none if there are none
   */
  private void measureFurther(ImageSample images, List<Eigenpair> pairs) throws IOException {
    if (settings.getDiagonalProducts() > 0) {
      CurvatureDiagonal diagonal = CurvatureDiagonal.measure(sample.operator(images), settings, id);
      KeptVectors kept = KeptVectors.diagonal(diagonal.entries(), place);
      measurements.add(rows(images).diagonal(diagonal, kept));
    }
    MeasuredPoint point =
        new MeasuredPoint(
            sample.surface(images),
            sample.model().network(),
            sample.model().weights(),
            sample.ofOutputs(),
            pairs,
            id);
    for (PointMeasure measure : pointMeasures) {
      measure
          .at(point)
          .forEach(
              (variant, value) ->
                  measurements.add(rows(images).point(measure.metric(), variant, value)));
    }
  }

  private CurvatureRows rows(ImageSample images) {
    return new CurvatureRows(unit, images, settings);
  }
}
