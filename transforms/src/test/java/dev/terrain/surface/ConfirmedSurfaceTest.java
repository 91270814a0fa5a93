package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.model.Network;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfirmedSurfaceTest {
  private static final RandomImages IMAGES = new RandomImages(10, 1, 8, 3, 5);
  private static final Network NETWORK =
      Surfaces.network(Surfaces.spec("resnet18", 1).build(), IMAGES);
  private static final Weights WEIGHTS = Surfaces.weights(NETWORK, "confirmed");
  private static final double[][] BLOCK = {
    Surfaces.gaussian(NETWORK.dimension(), "a"), Surfaces.gaussian(NETWORK.dimension(), "b")
  };

  private static LossSurface engine() {
    return new NetworkSurface(NETWORK, IMAGES, Surfaces.batches(10, 4), Precision.FLOAT32);
  }

  private static LossSurface confirmed(IntPredicate wrongCalls) {
    return new ConfirmedSurface(new FaultySurface(engine(), wrongCalls), "model x");
  }

  private static Arguments call(String name, Consumer<LossSurface> call) {
    return Arguments.of(name, call);
  }

  static Stream<Arguments> calls() {
    CurvatureMatrix hessian = CurvatureMatrix.hessian();
    return Stream.of(
        call("the losses", surface -> surface.evaluate(WEIGHTS)),
        call("the outputs", surface -> surface.outputs(WEIGHTS)),
        call("the gradient", surface -> surface.gradient(WEIGHTS)),
        call(
            "the gradient of a batch",
            surface -> surface.batchGradient(WEIGHTS.theta(), new int[] {1, 2, 3})),
        call(
            "the products with HESSIAN",
            surface -> surface.products(hessian, WEIGHTS, BLOCK, (batch, parts) -> {})),
        call(
            "the products with HESSIAN",
            surface -> {
              try (CurvatureProducts products = surface.curvature(hessian, WEIGHTS, 1 << 20)) {
                products.of(BLOCK, (batch, parts) -> {});
              }
            }),
        call("the batch-norm statistics", surface -> surface.estimateStatistics(WEIGHTS.theta())));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void resultThatIsNotFiniteOnce_isAFault(String what, Consumer<LossSurface> call) {
    assertThatThrownBy(() -> call.accept(confirmed(number -> number == 1)))
        .isInstanceOf(EngineFaultException.class)
        .hasMessageContaining(what + " of model x, component")
        .hasMessageContaining("NaN, and ")
        .hasMessageContaining("can be tried again");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void resultThatIsNotFiniteTwice_isBelieved(String what, Consumer<LossSurface> call) {
    call.accept(confirmed(number -> true));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void resultThatIsFinite_isComputedOnce(String what, Consumer<LossSurface> call) {
    FaultySurface counting = new FaultySurface(engine(), number -> false);
    call.accept(new ConfirmedSurface(counting, what));
    assertThat(counting.calls()).isEqualTo(1);
  }

  @Test
  void results_areThoseOfTheSurface() {
    LossSurface confirmed = confirmed(number -> false);
    assertThat(confirmed.evaluate(WEIGHTS).losses()).isEqualTo(engine().evaluate(WEIGHTS).losses());
    assertThat(confirmed.gradient(WEIGHTS).gradient())
        .isEqualTo(engine().gradient(WEIGHTS).gradient());
    assertThat(confirmed.estimateStatistics(WEIGHTS.theta()))
        .isEqualTo(engine().estimateStatistics(WEIGHTS.theta()));
    assertThat(confirmed.hessianProduct(WEIGHTS, BLOCK[0]).product())
        .isEqualTo(engine().hessianProduct(WEIGHTS, BLOCK[0]).product());
  }

  /** A listener that adds up would count the batches of the second computation, too. */
  @Test
  void listener_hearsOfEachBatchOnce_alsoIfItIsComputedTwice() {
    int[] heard = new int[3];
    confirmed(number -> true)
        .products(CurvatureMatrix.hessian(), WEIGHTS, BLOCK, (batch, parts) -> heard[batch]++);
    confirmed(number -> true).gradient(WEIGHTS, (batch, parts) -> heard[batch]++);
    assertThat(heard).isEqualTo(new int[] {2, 2, 2});
  }

  @Test
  void probabilities_areConfirmedToo() {
    int[] calls = {0};
    assertThatThrownBy(
            () ->
                new Confirmation("model x")
                    .vector(
                        "the probabilities",
                        () -> new double[] {0.5, ++calls[0] == 1 ? Double.NaN : 0.25}))
        .hasMessageContaining("the probabilities of model x, component 1: NaN, and 0.25");
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertThat(new Confirmation("model x").vector("a number", infinite::clone)).isEqualTo(infinite);
  }

  @Test
  void otherNumbersThatAreNotFinite_areAFault() {
    int[] calls = {0};
    double[][] results = {{Double.NaN, 1, 2}, {0, 1, Double.NaN}};
    assertThatThrownBy(() -> new Confirmation("x").vector("y", () -> results[calls[0]++].clone()))
        .isInstanceOf(EngineFaultException.class);
    assertThat(Arrays.stream(results[0]).filter(Double::isNaN).count()).isOne();
  }
}
