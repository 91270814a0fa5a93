package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sample is cut into batches: what is refused, and that nothing depends on the rest. */
final class BatchCutTest {
  private static final RandomImages IMAGES = new RandomImages(11, 1, 8, 3, 9);
  private static final Network CNN = Surfaces.network(Surfaces.spec("cnn", 2).build(), IMAGES);

  private static NetworkSurface surface(Network network, int[]... batches) {
    return new NetworkSurface(network, IMAGES, batches, Precision.FLOAT64);
  }

  @Test
  void batchesThatDoNotHoldEachPositionOnce_areRefusedWithThePosition() {
    int[] first = {0, 1, 2, 3, 4, 5};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surface(CNN, first, new int[] {6, 7, 8, 10}))
        .withMessage("no batch holds 9: the batches must hold each position in [0, 11) once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surface(CNN, first, new int[] {6, 7, 8, 9, 10, 3}))
        .withMessageContaining("batch 1 holds 3 a second time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surface(CNN, first, new int[] {6, 7, 8, 9, 10, 11}))
        .withMessageContaining("batch 1 holds 11:");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surface(CNN, new int[] {-1}))
        .withMessageContaining("batch 0 holds -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surface(CNN, first, new int[0], new int[] {6, 7, 8, 9, 10}))
        .withMessage("batch 1 must hold at least one position");
  }

  /** As a loader that draws its own order at every pass would, by independent draws. */
  @Test
  void imagesDrawnWithReplacement_areRefused() {
    CounterRandom random = CounterRandom.of("test", "with replacement", 0);
    int[] drawn = IntStream.range(0, 11).map(i -> random.nextInt(11)).toArray();
    assertThatIllegalArgumentException().isThrownBy(() -> surface(CNN, drawn));
  }

  @Test
  void shufflingTheArraysAfterwards_doesNotReachTheSurface() {
    int[][] batches = Surfaces.batches(11, 4);
    NetworkSurface surface = surface(CNN, batches);
    Weights weights = Surfaces.weights(CNN, "shuffled");
    double[] v = Surfaces.gaussian(CNN.dimension(), "v");
    double[] before = surface.hessianProduct(weights, v).batchForms();
    Arrays.fill(batches[0], 10);
    batches[1] = new int[0];
    assertThat(surface.hessianProduct(weights, v).batchForms()).isEqualTo(before);
  }

  private static int[][] randomCut(int seed) {
    CounterRandom random = CounterRandom.of("test", "cut", seed);
    int[] order = random.permutation(11);
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; ) {
      int to = Math.min(order.length, from + 1 + random.nextInt(5));
      batches.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return batches.toArray(int[][]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void whichImagesShareABatch_changesNoResultInEvalMode(String architecture) {
    Network network = Surfaces.network(Surfaces.spec(architecture, 2).build(), IMAGES);
    Weights weights = Surfaces.weights(network, "cuts");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    NetworkSurface whole = surface(network, IntStream.range(0, 11).toArray());
    double[] gradient = whole.gradient(weights).gradient();
    double[] product = whole.hessianProduct(weights, v).product();
    double scale = Arrays.stream(product).map(Math::abs).max().orElseThrow();
    for (int seed = 0; seed < 5; seed++) {
      NetworkSurface cut = surface(network, randomCut(seed));
      assertThat(cut.evaluate(weights).losses())
          .containsExactly(whole.evaluate(weights).losses(), within(1e-12));
      assertThat(cut.gradient(weights).gradient()).containsExactly(gradient, within(1e-12));
      assertThat(cut.hessianProduct(weights, v).product())
          .containsExactly(product, within(1e-12 * scale));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void aSecondPass_hasTheBitsOfTheFirst(String architecture) {
    Network network = Surfaces.network(Surfaces.spec(architecture, 2).build(), IMAGES);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(11, 4), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "passes");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    double[] losses = surface.evaluate(weights).losses();
    LossGradient gradient = surface.gradient(weights);
    double[] product = surface.hessianProduct(weights, v).product();
    assertThat(surface.evaluate(weights).losses()).isEqualTo(losses);
    assertThat(surface.gradient(weights).loss()).isEqualTo(gradient.loss());
    assertThat(surface.gradient(weights).gradient()).isEqualTo(gradient.gradient());
    assertThat(surface.hessianProduct(weights, v).product()).isEqualTo(product);
  }

  /** Train mode is where dropout would act; so no architecture has it, nor any other draw. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void noArchitectureDrawsAtRandomInTrainMode(String architecture) {
    Network network = Surfaces.network(Surfaces.spec(architecture, 2).build(), IMAGES);
    NetworkSurface surface = surface(network, Surfaces.batches(11, 4));
    double[] theta = Surfaces.weights(network, "train mode").theta();
    int[] batch = {3, 1, 4, 5, 9, 2, 6};
    LossGradient first = surface.batchGradient(theta, batch);
    for (int pass = 0; pass < 3; pass++) {
      LossGradient again = surface.batchGradient(theta, batch);
      assertThat(again.loss()).isEqualTo(first.loss());
      assertThat(again.gradient()).isEqualTo(first.gradient());
    }
  }

  @Test
  void noCallChangesTheWeightsByABit() {
    NetworkSurface surface = surface(CNN, Surfaces.batches(11, 4));
    Weights weights = Surfaces.weights(CNN, "untouched");
    double[] theta = weights.theta().clone();
    double[] statistics = weights.statistics().clone();
    double[] v = Surfaces.gaussian(CNN.dimension(), "v");
    double[] direction = v.clone();
    double[] losses = surface.evaluate(weights).losses();
    surface.outputs(weights);
    surface.gradient(weights);
    for (CurvatureMatrix matrix :
        List.of(
            CurvatureMatrix.hessian(),
            CurvatureMatrix.gaussNewton(),
            CurvatureMatrix.fisher(),
            CurvatureMatrix.sampledFisher("labels", 0),
            CurvatureMatrix.empiricalFisher())) {
      surface.products(matrix, weights, new double[][] {v}, (batch, products) -> {});
    }
    surface.batchGradient(weights.theta(), new int[] {0, 1, 2});
    surface.estimateStatistics(weights.theta());
    assertThat(weights.theta()).isEqualTo(theta);
    assertThat(weights.statistics()).isEqualTo(statistics);
    assertThat(v).isEqualTo(direction);
    assertThat(surface.evaluate(weights).losses()).isEqualTo(losses);
  }
}
