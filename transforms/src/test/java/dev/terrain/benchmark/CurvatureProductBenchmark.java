package dev.terrain.benchmark;

import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for a gradient and for products with blocks of vectors, over 100 images of 28 x 28
 * in two batches; of products with the graphs of the batches made anew and kept from call to call.
 * A block's time is that of the whole block: divide it by the vectors.
 *
 * <p>To run, with JMH's own options after the name:
 *
 * <pre>
 * mvn -pl schemas,transforms test-compile dependency:build-classpath \
 *     -Dmdep.includeScope=test -Dmdep.outputFile=/tmp/classpath
 * java -cp transforms/target/test-classes:transforms/target/classes:$(cat /tmp/classpath) \
 *     org.openjdk.jmh.Main CurvatureProductBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CurvatureProductBenchmark {
  @Param({"cnn", "resnet18"})
  public String architecture;

  @Param({"4", "16"})
  public int width;

  @Param({"HESSIAN", "GAUSS_NEWTON"})
  public Kind kind;

  private NetworkSurface surface;
  private Weights weights;
  private double[][] vectors;
  private CurvatureProducts kept;

  @Setup
  public void setUp() {
    RandomImages images = new RandomImages(100, 1, 28, 10, 1);
    Network network = Surfaces.network(Surfaces.spec(architecture, width).build(), images);
    surface = new NetworkSurface(network, images, Surfaces.batches(100, 50), Precision.FLOAT32);
    weights = Surfaces.weights(network, "benchmark");
    vectors =
        IntStream.range(0, 8)
            .mapToObj(i -> Surfaces.gaussian(network.dimension(), "v" + i))
            .toArray(double[][]::new);
    kept = curvature(Long.MAX_VALUE);
  }

  @TearDown
  public void tearDown() {
    kept.close();
  }

  @Benchmark
  public LossGradient gradient() {
    return surface.gradient(weights);
  }

  @Benchmark
  public double[][] product() {
    return onNewGraphs(1);
  }

  @Benchmark
  public double[][] blockOf4() {
    return onNewGraphs(4);
  }

  @Benchmark
  public double[][] productOnKeptGraphs() {
    return products(1, kept);
  }

  @Benchmark
  public double[][] blockOf4OnKeptGraphs() {
    return products(4, kept);
  }

  private double[][] onNewGraphs(int count) {
    try (CurvatureProducts products = curvature(0)) {
      return products(count, products);
    }
  }

  private CurvatureProducts curvature(long graphBytes) {
    return surface.curvature(new CurvatureMatrix(kind, "", 0), weights, graphBytes);
  }

  private double[][] products(int count, CurvatureProducts products) {
    return products.of(Arrays.copyOf(vectors, count), (batch, parts) -> {});
  }
}
