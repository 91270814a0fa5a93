package dev.terrain.stage;

import dev.terrain.curvature.BlockLanczosResult;
import dev.terrain.curvature.CurvatureEstimate;
import dev.terrain.curvature.CurvaturePanel;
import dev.terrain.curvature.Eigenpair;
import dev.terrain.curvature.Quadrature;
import dev.terrain.curvature.SmoothedDensity;
import dev.terrain.curvature.SpectralDensity;
import dev.terrain.curvature.SpectralShare;
import dev.terrain.data.ImageSample;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Makes the row of the table of spectra from a panel. */
final class SpectrumRow {
  private static final int GRID_POINTS = 201;
  private static final int CDF_POINTS = 101;
  private static final int MOMENTS = 4;

  /** Share of the spectrum's width that keeps the peaks of outliers apart in a plot. */
  private static final double PEAK = 1.0 / 60;

  private final CurvaturePanel panel;
  private final Spectrum.Builder row = Spectrum.newBuilder();

  SpectrumRow(CurvaturePanel panel) {
    this.panel = panel;
  }

  /** The row, but for what the parameters and the stored eigenvectors say. */
  Spectrum.Builder row(Unit unit, String operator, ImageSample images) {
    setKrylov();
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

  private void setKrylov() {
    BlockLanczosResult krylov = panel.krylov();
    List<Quadrature> quadratures = krylov.quadratures();
    row.setRitzValues(boxed(krylov.ritzValues()))
        .setResiduals(boxed(krylov.residuals()))
        .setWeights(krylov.restarts() == 0 ? boxed(meanWeights(quadratures)) : List.of())
        .setNEvaluations(krylov.products())
        .setNProbes(quadratures.size())
        .setQuadratureNodes(joined(quadratures, Quadrature::nodes))
        .setQuadratureWeights(joined(quadratures, Quadrature::weights))
        .setQuadratureSizes(quadratures.stream().map(q -> q.nodes().length).toList());
  }

  private static double[] meanWeights(List<Quadrature> quadratures) {
    double[] mean = new double[quadratures.get(0).weights().length];
    for (Quadrature quadrature : quadratures) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += quadrature.weights()[i] / quadratures.size();
      }
    }
    return mean;
  }

  private void setEnds() {
    row.setUpperEigenvalues(column(panel.upper(), CurvatureEstimate::value))
        .setUpperResiduals(column(panel.upper(), CurvatureEstimate::residual))
        .setUpperDataStdErrors(column(panel.upper(), CurvatureEstimate::dataStandardError))
        .setUpperDataBiases(column(panel.upper(), CurvatureEstimate::dataBias))
        .setNUpperConverged(converged(panel.krylov().upper()))
        .setLowerEigenvalues(column(panel.lower(), CurvatureEstimate::value))
        .setLowerResiduals(column(panel.lower(), CurvatureEstimate::residual))
        .setLowerDataStdErrors(column(panel.lower(), CurvatureEstimate::dataStandardError))
        .setLowerDataBiases(column(panel.lower(), CurvatureEstimate::dataBias))
        .setNLowerConverged(converged(panel.krylov().lower()));
  }

  private static List<Double> column(
      List<CurvatureEstimate> estimates, Function<CurvatureEstimate, Double> value) {
    return estimates.stream().map(value).filter(Objects::nonNull).toList();
  }

  private static int converged(List<Eigenpair> pairs) {
    return (int) pairs.stream().filter(Eigenpair::converged).count();
  }

  private void setDensity() {
    SpectralDensity density = panel.density();
    double[] nodes = density.density().nodes();
    double least = nodes[0];
    double span = nodes[nodes.length - 1] - least;
    // All eigenvalues alike have no width; any will do for the plot of one peak.
    double width =
        span > 0
            ? Math.min(density.resolution(), span * PEAK)
            : Math.max(Math.abs(least), 1) * 1e-3;
    SmoothedDensity smoothed = density.smoothed(GRID_POINTS, width);
    double[] points =
        IntStream.range(0, CDF_POINTS)
            .mapToDouble(i -> least + span * i / (CDF_POINTS - 1))
            .toArray();
    List<SpectralShare> shares =
        Arrays.stream(points).mapToObj(x -> density.cumulative(x, CurvaturePanel.LEVEL)).toList();
    SpectralShare negative = density.massBelowZero(CurvaturePanel.LEVEL);
    row.setNOutliers(panel.outliers())
        .setCdfPoints(boxed(points))
        .setCdfShares(shares(shares, SpectralShare::value))
        .setCdfLower(shares(shares, SpectralShare::lower))
        .setCdfUpper(shares(shares, SpectralShare::upper))
        .setDensityGrid(boxed(smoothed.grid()))
        .setDensityValues(boxed(smoothed.values()))
        .setDensityWidth(width)
        .setMoments(IntStream.rangeClosed(1, MOMENTS).mapToObj(density::moment).toList())
        .setMomentError(panel.momentError())
        .setNegativeMass(negative.value())
        .setNegativeMassLower(negative.lower())
        .setNegativeMassUpper(negative.upper());
  }

  private static List<Double> shares(
      List<SpectralShare> shares, ToDoubleFunction<SpectralShare> part) {
    return shares.stream().mapToDouble(part).boxed().toList();
  }

  private static List<Double> joined(
      List<Quadrature> quadratures, Function<Quadrature, double[]> part) {
    List<Double> all = new ArrayList<>();
    quadratures.forEach(quadrature -> all.addAll(boxed(part.apply(quadrature))));
    return all;
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
