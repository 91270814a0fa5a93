package dev.terrain.benchmark;

import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.panel.CurvatureEstimate;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.data.Dataset;
import dev.terrain.data.Datasets;
import dev.terrain.data.ImageSample;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints the table of docs/benchmarks.md: products, seconds and errors of the panel and of
 * PyHessian's procedure on trained networks, held against {@link SpectrumTruth}.
 *
 * <p>To run: as {@link CurvatureProductBenchmark}, with the class {@code
 * dev.terrain.benchmark.SolverTable}.
 */
public final class SolverTable {
  private static final int IMAGES = 500;

  /** Bytes in which the graphs of all batches fit. */
  private static final long GRAPHS = 1L << 30;

  private final SurfaceOperator hessian;
  private final SpectrumTruth truth;
  private final String name;
  private final int runs;

  private SolverTable(String name, SurfaceOperator hessian, int runs, int ofTruth) {
    this.name = name;
    this.runs = runs;
    this.hessian = hessian;
    this.truth = SpectrumTruth.of(hessian, ofTruth);
  }

  /** One way to some values: what it cost, and its errors. */
  private record Cost(double products, double seconds, double eigenvalues, double trace, double w) {
    String line(String what, String how) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.0f | %.1f | %s | %s | %s |",
          what,
          how,
          products,
          seconds,
          share(eigenvalues),
          share(trace),
          share(w));
    }

    private static String share(double error) {
      return Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.2g %%", 100 * error);
    }
  }

  @FunctionalInterface
  private interface Method {
    /** Largest relative error of eigenvalues, of the trace, of the density; NaN for none. */
    double[] errors(String id);
  }

  private void print(String what, String how, Method method) {
    double[] sums = new double[3];
    long before = hessian.products();
    long start = System.nanoTime();
    for (int run = 0; run < runs; run++) {
      double[] errors = method.errors("run " + run);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += errors[i] / runs;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9 / runs;
    double products = (double) (hessian.products() - before) / runs;
    System.out.println(
        new Cost(products, seconds, sums[0], sums[1], sums[2]).line(name + ", " + what, how));
  }

  private CurvaturePanel panel(int eigenvalues, int block, double relativeError, String id) {
    return panel(eigenvalues, block, 5, relativeError, id);
  }

  private CurvaturePanel panel(
      int eigenvalues, int block, int steps, double relativeError, String id) {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder()
            .setEigenvalues(eigenvalues)
            .setLowerEigenvalues(0)
            .setBlockSize(block)
            .setMinSteps(steps)
            .setRelativeError(relativeError)
            .setMaxProducts(2000)
            .build();
    return CurvaturePanel.measure(hessian, settings, 2000, id);
  }

  private double[] errors(CurvaturePanel panel) {
    double[] values = panel.upper().stream().mapToDouble(CurvatureEstimate::value).toArray();
    return new double[] {
      truth.errorOfEigenvalues(values),
      truth.errorOfTrace(panel.trace().value()),
      truth.errorOfDensity(panel.density().density())
    };
  }

  private double[] pyHessian(String id, int eigenvalues, boolean trace, boolean density) {
    PaperCurvature procedure = PaperCurvature.ofPyHessian();
    double ofValues = Double.NaN;
    if (eigenvalues > 0) {
      List<PaperCurvature.Estimate> found = procedure.eigenvalues(hessian, id, eigenvalues);
      ofValues =
          truth.errorOfEigenvalues(
              found.stream().mapToDouble(PaperCurvature.Estimate::value).toArray());
    }
    double ofTrace = trace ? truth.errorOfTrace(procedure.trace(hessian, id).value()) : Double.NaN;
    double ofDensity =
        density
            ? truth.errorOfDensity(SingleProbe.quadrature(hessian, id, SingleProbe.STEPS))
            : Double.NaN;
    return new double[] {ofValues, ofTrace, ofDensity};
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%s: %d parameters; truth from %s: top 5 %s, trace %.5g%n",
        name,
        hessian.dimension(),
        truth.source(),
        Arrays.stream(truth.eigenvalues())
            .mapToObj(e -> String.format(Locale.ROOT, "%.4g", e))
            .toList(),
        truth.trace());
    print("top 1", "Terrain", id -> only(errors(panel(1, 1, 1, id)), 0));
    print("top 1", "PyHessian", id -> pyHessian(id, 1, false, false));
    print("top 5", "Terrain", id -> only(errors(panel(5, 2, 1, id)), 0));
    print("top 5", "PyHessian", id -> pyHessian(id, 5, false, false));
    print("trace", "Terrain", id -> only(errors(panel(5, 4, 0.01, id)), 1));
    print("trace", "PyHessian", id -> pyHessian(id, 0, true, false));
    print("density", "Terrain", id -> only(errors(panel(5, 4, 1, id)), 2));
    print("density", "PyHessian", id -> pyHessian(id, 0, false, true));
    for (int block : new int[] {2, 4}) {
      for (double error : new double[] {0.1, 0.05, 0.01}) {
        print(
            "top 5, trace to " + error + ", density",
            "Terrain, blocks of " + block,
            id -> errors(panel(5, block, error, id)));
      }
    }
    for (int steps : new int[] {25, 50, 100}) {
      print(
          "top 5, trace to 0.1, density",
          "Terrain, " + steps + " steps of one probe",
          id -> errors(panel(5, 1, steps, 0.1, id)));
    }
    print("top 5, trace, density", "PyHessian", id -> pyHessian(id, 5, true, true));
  }

  private static double[] only(double[] errors, int index) {
    double[] kept = new double[errors.length];
    Arrays.fill(kept, Double.NaN);
    kept[index] = errors[index];
    return kept;
  }

  /**
   * Prints the table.
   *
   * @param arguments architecture (cnn or resnet18), width, runs to average over, products of the
   *     truth
   */
  public static void main(String[] arguments) throws IOException {
    Dataset digits = Datasets.get("digits");
    ImageSample training = ImageSample.of(digits, digits.train());
    ImageSample sample =
        ImageSample.subset(digits, digits.train(), IntStream.range(0, IMAGES).toArray());
    String architecture = arguments[0];
    int width = Integer.parseInt(arguments[1]);
    Network network = Surfaces.network(Surfaces.spec(architecture, width).build(), training);
    NetworkSurface surface =
        new NetworkSurface(network, sample, Surfaces.batches(IMAGES, 100), Precision.FLOAT32);
    Weights weights = Surfaces.trained(network, training, "benchmark", 10, 32, 5e-4);
    System.out.printf(
        Locale.ROOT,
        "%s of width %d: accuracy %.1f %%%n",
        architecture,
        width,
        surface.evaluate(weights).accuracy());
    try (SurfaceOperator hessian =
        SurfaceOperator.reusing(surface, CurvatureMatrix.hessian(), weights, GRAPHS)) {
      new SolverTable(
              architecture, hessian, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[3]))
          .print();
    }
  }
}
