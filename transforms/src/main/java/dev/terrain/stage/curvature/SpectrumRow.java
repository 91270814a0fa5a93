package dev.terrain.stage.curvature;

import dev.terrain.curvature.panel.CurvatureEstimate;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.panel.DensityProfile;
import dev.terrain.curvature.panel.RitzProfile;
import dev.terrain.data.ImageSample;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Makes the row of the table of spectra from a panel. */
final class SpectrumRow {
  private final CurvaturePanel panel;
  private final RitzProfile ritz;
  private final Spectrum.Builder row = Spectrum.newBuilder();

  SpectrumRow(CurvaturePanel panel) {
    this.panel = panel;
    this.ritz = panel.ritzProfile();
  }

  /** The row, but for what the parameters and the stored eigenvectors say. */
  Spectrum.Builder row(Unit unit, String operator, ImageSample images) {
    setRitz();
    setEnds();
    setDensity();
    return row.setCellId(unit.getCellId())
        .setModelId(unit.getModels().get(0).getModelId())
        .setOperator(operator)
        .setNExamples(images.size())
        .setSeed(CurvatureStage.SUBSET_SEED)
        .setExamplesSha256(images.sha256())
        .setKey(unit.getKey())
        .setCodeVersion(CurvatureStage.CODE_VERSION);
  }

  private void setRitz() {
    List<RitzProfile.ProbeQuadrature> quadratures = ritz.quadratures();
    row.setRitzValues(boxed(ritz.values()))
        .setResiduals(boxed(ritz.residuals()))
        .setWeights(boxed(ritz.weights()))
        .setNEvaluations(ritz.products())
        .setNProbes(quadratures.size())
        .setQuadratureNodes(joined(quadratures, RitzProfile.ProbeQuadrature::nodes))
        .setQuadratureWeights(joined(quadratures, RitzProfile.ProbeQuadrature::weights))
        .setQuadratureSizes(quadratures.stream().map(q -> q.nodes().length).toList());
  }

  private void setEnds() {
    row.setUpperEigenvalues(column(panel.upper(), CurvatureEstimate::value))
        .setUpperResiduals(column(panel.upper(), CurvatureEstimate::residual))
        .setUpperDataStdErrors(column(panel.upper(), CurvatureEstimate::dataStandardError))
        .setUpperDataBiases(column(panel.upper(), CurvatureEstimate::dataBias))
        .setNUpperConverged(ritz.upperConverged())
        .setLowerEigenvalues(column(panel.lower(), CurvatureEstimate::value))
        .setLowerResiduals(column(panel.lower(), CurvatureEstimate::residual))
        .setLowerDataStdErrors(column(panel.lower(), CurvatureEstimate::dataStandardError))
        .setLowerDataBiases(column(panel.lower(), CurvatureEstimate::dataBias))
        .setNLowerConverged(ritz.lowerConverged());
  }

  private static List<Double> column(
      List<CurvatureEstimate> estimates, Function<CurvatureEstimate, Double> value) {
    return estimates.stream().map(value).filter(Objects::nonNull).toList();
  }

  private void setDensity() {
    DensityProfile density = panel.densityProfile();
    row.setNOutliers(panel.outliers())
        .setCdfPoints(boxed(density.points()))
        .setCdfShares(boxed(density.shares()))
        .setCdfLower(boxed(density.lower()))
        .setCdfUpper(boxed(density.upper()))
        .setDensityGrid(boxed(density.grid()))
        .setDensityValues(boxed(density.densities()))
        .setDensityWidth(density.width())
        .setMoments(boxed(density.moments()))
        .setMomentError(panel.momentError())
        .setNegativeMass(density.negativeMass())
        .setNegativeMassLower(density.negativeMassLower())
        .setNegativeMassUpper(density.negativeMassUpper());
  }

  private static List<Double> joined(
      List<RitzProfile.ProbeQuadrature> quadratures,
      Function<RitzProfile.ProbeQuadrature, double[]> part) {
    List<Double> all = new ArrayList<>();
    quadratures.forEach(quadrature -> all.addAll(boxed(part.apply(quadrature))));
    return all;
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
