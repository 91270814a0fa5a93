package dev.terrain.stage.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.data.Batches;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainedModel;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small perceptrons, trained on the digits and measured as a study does, against the dense Hessian
 * in float64 over the images that each value names: how often two standard errors, residuals and
 * bands reach the truth. Widths of 2 to 8 and batches of 16, 64 and 256 take turns.
 *
 * <p>{@code -Dterrain.coverage.networks=200} makes it the check that the documentation cites, of
 * about twenty minutes; by default there are a few networks of width 2.
 */
final class TrainedCoverageTest {
  private static final int NETWORKS = Integer.getInteger("terrain.coverage.networks", 4);
  private static final int WIDTHS = NETWORKS < 21 ? 1 : 7;
  private static final int[] BATCH_SIZES = {16, 64, 256};

  private static final CurvatureSettings PANEL =
      CurvatureSettings.newBuilder().setMeasures(List.of()).build();
  private static final CurvatureSettings TRACE =
      CurvatureSettings.newBuilder(PANEL).setEigenvalues(0).setLowerEigenvalues(0).build();

  @TempDir private Path folder;
  private final Map<String, int[]> covered = new TreeMap<>();

  /** Of the panels and of the traces alone. */
  private final long[] products = new long[2];

  /** The truth of all metrics over some images. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Dense(double[] eigenvalues) {
    static Dense of(TrainedModel model, ImageSample images) {
      int dimension = model.network().dimension();
      int[][] batches = Batches.split(images.size(), PANEL.getBatches());
      NetworkSurface surface =
          new NetworkSurface(model.network(), images, batches, Precision.FLOAT64);
      double[][] identity = new double[dimension][dimension];
      for (int i = 0; i < dimension; i++) {
        identity[i][i] = 1;
      }
      try (SurfaceOperator hessian =
          SurfaceOperator.reusing(surface, CurvatureMatrix.hessian(), model.weights(), 1L << 29)) {
        RealMatrix rows = new Array2DRowRealMatrix(hessian.apply(identity), false);
        RealMatrix symmetric = rows.add(rows.transpose()).scalarMultiply(0.5);
        // The solver does not end on the many eigenvalues near 0, so they are moved away from it.
        double shift = symmetric.getFrobeniusNorm();
        for (int i = 0; i < dimension; i++) {
          symmetric.addToEntry(i, i, shift);
        }
        return new Dense(
            Arrays.stream(new EigenDecompositionSymmetric(symmetric).getEigenvalues())
                .map(value -> value - shift)
                .sorted()
                .toArray());
      }
    }

    double of(String metric) {
      double trace = Arrays.stream(eigenvalues).sum();
      double squares = Arrays.stream(eigenvalues).map(value -> value * value).sum();
      double smallest = eigenvalues[0];
      double top = eigenvalues[eigenvalues.length - 1];
      double zero = -1e-6 * Math.max(-smallest, top);
      return switch (metric) {
        case "hessian_trace" -> trace;
        case "hessian_frobenius_norm" -> Math.sqrt(squares);
        case "hessian_effective_rank" -> trace * trace / squares;
        case "hessian_top_eigenvalue" -> top;
        case "hessian_smallest_eigenvalue" -> smallest;
        case "hessian_negative_mass" ->
            Arrays.stream(eigenvalues).filter(value -> value < zero).count()
                / (double) eigenvalues.length;
        default -> throw new IllegalArgumentException(metric);
      };
    }
  }

  @Test
  void errorsReachTheDenseHessianAsOftenAsTheySay() throws IOException {
    TinyStudy study = new TinyStudy(folder);
    for (int i = 0; i < NETWORKS; i++) {
      ModelSpec.Builder spec =
          ModelSpec.newBuilder()
              .setWidth(2 + i / BATCH_SIZES.length % WIDTHS)
              .setBatchSize(BATCH_SIZES[i % BATCH_SIZES.length])
              .setEpochs(60)
              .setSeed(i / BATCH_SIZES.length / WIDTHS);
      measure(study, study.model(spec.build()));
    }

    covered.forEach(
        (metric, counts) ->
            System.out.printf(Locale.ROOT, "%s: %d of %d%n", metric, counts[0], NETWORKS));
    System.out.printf(
        Locale.ROOT,
        "products: panel %.1f, trace alone %.1f%n",
        products[0] / (double) NETWORKS,
        products[1] / (double) NETWORKS);
    assertThat(covered).hasSize(9);
    covered.forEach(
        (metric, counts) ->
            assertThat(NETWORKS - counts[0])
                .as("networks whose %s is beyond its error", metric)
                .isLessThanOrEqualTo(Math.max(1, (int) (0.08 * NETWORKS))));
  }

  private void measure(TinyStudy study, ModelRef ref) throws IOException {
    CellData data = CellData.of(ref.getSpec(), null);
    TrainedModel model = TrainedModel.load(ref, data, study.context());
    Map<Long, Dense> truth = new TreeMap<>();
    for (boolean alone : new boolean[] {false, true}) {
      CurvatureSettings settings = alone ? TRACE : PANEL;
      List<Measurement> rows =
          new CurvatureStage()
              .compute(
                  MeasuredUnits.curvature(ref, settings, CurvatureStage.SPECTRUM), study.context())
              .getMeasurements();
      for (Measurement row : rows) {
        if (row.getMetric().equals("worst_case_sharpness")) {
          continue;
        }
        Dense dense =
            truth.computeIfAbsent(
                row.getNExamples(),
                n ->
                    Dense.of(
                        model, data.subset("curvature", CurvatureStage.SUBSET_SEED, n.intValue())));
        see(row, dense, alone ? "trace alone: " : "");
      }
      products[alone ? 1 : 0] += rows.get(0).getNEvaluations();
    }
  }

  private void see(Measurement row, Dense dense, String prefix) {
    double truth = dense.of(row.getMetric());
    double allowed = row.getStdError() == null ? row.getResidual() : 2 * row.getStdError();
    // Products are in float32.
    double rounding = 1e-5 * Math.abs(truth);
    boolean reached = Math.abs(row.getValue() - truth) <= allowed + rounding;
    covered.computeIfAbsent(prefix + row.getMetric(), any -> new int[1])[0] += reached ? 1 : 0;
  }
}
