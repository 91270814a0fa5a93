package dev.terrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.Batches;
import dev.terrain.data.Dataset;
import dev.terrain.data.Datasets;
import dev.terrain.data.ImageSample;
import dev.terrain.data.ImageSet;
import dev.terrain.similarity.LinearCka;
import dev.terrain.similarity.Representation;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Weights;
import dev.terrain.taxonomy.ruggedness.EffectiveLandscape;
import dev.terrain.taxonomy.ruggedness.RuggedModel;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network against the closed forms of {@link RuggedModel}. */
final class OneDimensionalTest {
  private static final double BASE = 1.5;
  private static final double NOISE = 1.2;

  private static ModelSpec spec(int width) {
    return ModelSpec.newBuilder().setArchitecture("one-dimensional").setWidth(width).build();
  }

  private static Dataset dataset() throws IOException {
    return Datasets.get("one-dimensional");
  }

  private static NetworkSurface surface(int width, ImageSet images) throws IOException {
    ImageShape shape = new ImageShape(1, 1, 5, images.classes());
    return new NetworkSurface(
        Network.of(spec(width), shape),
        ImageSample.of(dataset(), images),
        Batches.split(images.size(), 3),
        Precision.FLOAT64);
  }

  private static Weights at(double x) {
    return new Weights(new double[] {x}, new double[0]);
  }

  private static EffectiveLandscape landscape(int width) {
    return RuggedModel.standard().landscape(0.02 / width, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 128})
  void lossGradientAndHessian_areThoseOfTheLandscape(int width) throws IOException {
    NetworkSurface surface = surface(width, dataset().train());
    EffectiveLandscape landscape = landscape(width);
    for (double x : new double[] {-0.31, -0.0711, 0, 0.024, 0.19}) {
      double curvature = landscape.curvature(x);

      assertThat(surface.evaluate(at(x)).loss() - BASE)
          .isCloseTo(landscape.value(x), within(1e-14));
      assertThat(surface.gradient(at(x)).gradient()[0])
          .isCloseTo(landscape.slope(x), within(1e-13));
      assertThat(surface.hessianProduct(at(x), new double[] {1}).product()[0])
          .isCloseTo(curvature, within(1e-12 * (1 + Math.abs(curvature))));
    }
  }

  /** A factor in memory of Java would be gone when the graph is gone through once more. */
  @Test
  void aKeptGraph_holdsAllItsNumbers() throws IOException {
    NetworkSurface surface = surface(3, dataset().train());
    double[][] block = {{1}};
    try (CurvatureProducts products =
        surface.curvature(CurvatureMatrix.hessian(), at(0.05), 1 << 24)) {
      double first = products.of(block, (batch, parts) -> {})[0][0];
      for (int i = 0; i < 10; i++) {
        System.gc();
        for (int j = 0; j < 2_000; j++) {
          ByteBuffer.allocateDirect(Double.BYTES).putDouble(0, Double.NaN);
        }
        assertThat(products.of(block, (batch, parts) -> {})[0][0]).isEqualTo(first);
      }
    }
  }

  @Test
  void theTestImages_knowNoRipples() throws IOException {
    NetworkSurface surface = surface(2, dataset().test());
    for (double x : new double[] {-0.2, 0.03}) {
      assertThat(surface.evaluate(at(x)).loss() - BASE).isCloseTo(x * x / 2, within(1e-14));
      assertThat(surface.hessianProduct(at(x), new double[] {1}).product()[0])
          .isCloseTo(1, within(1e-12));
    }
  }

  /** Thresholds lie at (j + ½) 0.025/64, two images at each. */
  @ParameterizedTest
  @ValueSource(ints = {2, 7, 128})
  void theTrainingError_isTheLossInOtherUnits(int width) throws IOException {
    NetworkSurface surface = surface(width, dataset().train());
    for (double x = -0.2; x < 0.2; x += 0.0171) {
      double passed = Math.floor(landscape(width).value(x) / 0.025 * 64 + 0.5);
      assertThat(surface.evaluate(at(x)).error())
          .isCloseTo(Math.min(passed, 64) / 64 * 100, within(1e-9));
    }
  }

  @Test
  void theGradientOfABatch_differsByItsMeanDirection() throws IOException {
    NetworkSurface surface = surface(5, dataset().train());
    int[] batch = {0, 2, 4, 5, 9};
    // Images of even positions have the direction -1, the others +1.
    double direction = -1.0 / 5;
    assertThat(surface.batchGradient(new double[] {0.07}, batch).gradient()[0])
        .isCloseTo(landscape(5).slope(0.07) + NOISE * direction, within(1e-13));
  }

  @Test
  void theDirections_haveMeanZeroAndVarianceOne() throws IOException {
    NetworkSurface surface = surface(5, dataset().train());
    double slope = landscape(5).slope(0.07);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 128; i++) {
      double own = surface.batchGradient(new double[] {0.07}, new int[] {i}).gradient()[0] - slope;
      sum += own / 128;
      squares += own * own / 128;
    }
    assertThat(sum).isCloseTo(0, within(1e-13));
    assertThat(squares).isCloseTo(NOISE * NOISE, within(1e-12));
  }

  @Test
  void theLossesOfTheImages_areAsSimilarAsTheModelSays() throws IOException {
    NetworkSurface surface = surface(20, dataset().train());
    RuggedModel model = RuggedModel.standard();
    for (double[] pair : new double[][] {{0.03, -0.03}, {-0.1, 0.01}, {0.05, 0.2}}) {
      double cka = LinearCka.biased(losses(surface, pair[0]), losses(surface, pair[1])).value();
      // The deviation of 64 evenly spaced difficulties is a little less than that of all numbers.
      assertThat(cka).isCloseTo(model.similarity(pair[0], pair[1]), within(1e-3));
    }
  }

  private static Representation losses(NetworkSurface surface, double x) {
    double[] losses = surface.evaluate(at(x)).losses();
    return new Representation(losses.length, 1, losses);
  }

  @Test
  void theFirstQuarter_isSpreadOverAllDifficultiesAndBothDirections() throws IOException {
    ImageSet images = dataset().train();
    byte[] pixels = new byte[5 * images.size()];
    images.pixels().get(pixels);
    int[] difficulties =
        IntStream.range(0, 32).map(i -> Byte.toUnsignedInt(pixels[5 * i])).sorted().toArray();
    assertThat(difficulties).isEqualTo(IntStream.range(0, 32).map(i -> 16 * (i / 2) + 2).toArray());
    assertThat(Arrays.stream(IntStream.range(0, 32).map(i -> pixels[5 * i + 1]).toArray()).sum())
        .isEqualTo(-16);
  }

  @Test
  void starts_lieWithinAQuarter() {
    Network network = Network.of(spec(3), new ImageShape(1, 1, 5, 10));
    assertThat(network.dimension()).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      assertThat(Math.abs(network.initialParameters("model " + i)[0])).isLessThanOrEqualTo(0.25f);
    }
  }

  @Test
  void otherImages_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(spec(3), new ImageShape(1, 8, 8, 10)))
        .withMessage(
            "one-dimensional needs images of 5 pixels and at least 8 classes, as the data set one-dimensional has, not 64 pixels and 10 classes");
  }
}
