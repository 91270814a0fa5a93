package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix.Kind;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeptGraphsTest {
  private static final RandomImages IMAGES = new RandomImages(11, 1, 8, 3, 5);

  private final Network network = Surfaces.network(Surfaces.spec("cnn", 4).build(), IMAGES);
  private final NetworkSurface surface =
      new NetworkSurface(network, IMAGES, Surfaces.batches(11, 4), Precision.FLOAT32);
  private final Weights weights = Surfaces.weights(network, "kept");

  private double[][] block(String name) {
    return new double[][] {
      Surfaces.gaussian(network.dimension(), name + 0),
      Surfaces.gaussian(network.dimension(), name + 1)
    };
  }

  /** 100 kB hold one or two of the three batches. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void products_haveTheSameBits_howeverManyGraphsAreKept(Kind kind) {
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "labels", 0);
    try (CurvatureProducts some = surface.curvature(matrix, weights, 100_000);
        CurvatureProducts all = surface.curvature(matrix, weights, Long.MAX_VALUE)) {
      for (String name : List.of("a", "b", "c")) {
        double[][] expected = surface.products(matrix, weights, block(name), (batch, parts) -> {});
        assertThat(some.of(block(name), (batch, parts) -> {})).isEqualTo(expected);
        assertThat(all.of(block(name), (batch, parts) -> {})).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void graphs_areOfTheWeightsForWhichTheyWereMade_whateverElseTheSurfaceComputes(Kind kind) {
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "labels", 0);
    double[][] expected = surface.products(matrix, weights, block("a"), (batch, parts) -> {});
    try (CurvatureProducts products = surface.curvature(matrix, weights, Long.MAX_VALUE)) {
      products.of(block("b"), (batch, parts) -> {});
      Weights others = Surfaces.weights(network, "others");
      surface.gradient(others);
      surface.products(matrix, others, block("b"), (batch, parts) -> {});

      assertThat(products.of(block("a"), (batch, parts) -> {})).isEqualTo(expected);
    }
  }

  /**
   * Java frees a buffer that only the graph points to, and gives its memory to the next one: large
   * enough that no thread keeps it for itself.
   */
  @ParameterizedTest
  @EnumSource(names = {"HESSIAN", "GAUSS_NEWTON"})
  void graphs_holdNoMemoryOfJava(Kind kind) throws InterruptedException {
    int count = 600;
    RandomImages images = new RandomImages(count, 1, 8, 3, 5);
    // Its second derivative asks for the labels again.
    Loss square =
        (outputs, labels) -> outputs.gather(labels.reshape(-1, 1), 1).square().reshape(-1);
    NetworkSurface large =
        new NetworkSurface(
            network, images, Surfaces.batches(count, count), Precision.FLOAT32, square);
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "", 0);
    try (CurvatureProducts products = large.curvature(matrix, weights, Long.MAX_VALUE)) {
      double[][] expected = products.of(block("a"), (batch, parts) -> {});
      System.gc();
      Thread.sleep(50);
      List<LongBuffer> others = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        LongBuffer labels = ByteBuffer.allocateDirect(count * Long.BYTES).asLongBuffer();
        for (int j = 0; j < count; j++) {
          labels.put(j, 2);
        }
        others.add(labels);
      }
      assertThat(products.of(block("a"), (batch, parts) -> {})).isEqualTo(expected);
      assertThat(others).hasSize(2000);
    }
  }
}
