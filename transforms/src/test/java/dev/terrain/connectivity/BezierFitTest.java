package dev.terrain.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.ConnectivitySettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BezierFitTest {
  private static final double[] A = {1, 0};
  private static final double[] B = {0, 1};

  private static ConnectivitySettings.Builder settings() {
    return ConnectivitySettings.newBuilder().setBatchSize(5).setWeightDecay(0);
  }

  private static BezierCurve straight() {
    return BezierCurve.straight(A, B);
  }

  /** min_c E_t ‖γ(t)‖² is at c = -(E[w (1-t)²] a + E[w t²] b) / E[w²] = -¾ (a + b), w = 2t(1-t). */
  @Test
  void findsTheBestControlPointOfAQuadraticLoss() {
    ConnectivitySettings settings = settings().setEpochs(200).setLearningRate(0.02).build();
    double[] mean = new double[2];
    for (int pair = 0; pair < 40; pair++) {
      double[] control =
          new BezierFit(FunctionSurface.bowl(50, 1), settings, 1, "pair " + pair)
              .fit(straight(), FitProgress.NONE)
              .curve()
              .control();
      mean[0] += control[0] / 40;
      mean[1] += control[1] / 40;
    }

    // The random t scatter a single fit by 0.03 (an independent simulation): four standard errors.
    assertThat(mean).containsExactly(new double[] {-0.75, -0.75}, within(0.019));
  }

  @Test
  void weightDecayActsOnTheWeightsOfTheCurve() {
    ConnectivitySettings loss = settings().build();
    ConnectivitySettings decay = settings().setWeightDecay(2).build();

    double[] fromLoss =
        new BezierFit(FunctionSurface.bowl(20, 2), loss, 1, "pair")
            .fit(straight(), FitProgress.NONE)
            .curve()
            .control();
    double[] fromDecay =
        new BezierFit(FunctionSurface.bowl(20, 0), decay, 1, "pair")
            .fit(straight(), FitProgress.NONE)
            .curve()
            .control();

    assertThat(fromDecay).containsExactly(fromLoss, within(1e-12));
    assertThat(fromDecay[0]).isLessThan(0.4);
  }

  @Test
  void stepsAreThoseOfHeavyBallMomentum() {
    double[] slope = {3, -2};
    FunctionSurface tilted = new FunctionSurface(2, 10, false, theta -> 1, theta -> slope.clone());

    FittedCurve fitted =
        new BezierFit(tilted, settings().setEpochs(1).setMomentum(0.5).build(), 1, "pair")
            .fit(straight(), FitProgress.NONE);

    // One epoch of two steps; it is the last epoch, so the rate is 0.01 / 100.
    CounterRandom positions = CounterRandom.of("pair", "curve position", 1);
    double t1 = positions.nextDouble();
    double t2 = positions.nextDouble();
    double w1 = 2 * t1 * (1 - t1);
    double w2 = 2 * t2 * (1 - t2);
    double travelled = 1e-4 * (w1 + (0.5 * w1 + w2));
    assertThat(fitted.gradients()).isEqualTo(2);
    assertThat(fitted.curve().control())
        .containsExactly(new double[] {0.5 - travelled * 3, 0.5 + travelled * 2}, within(1e-15));
  }

  @Test
  void anEpochTakesEachImageAtMostOnceAndLeavesOutTheIncompleteBatch() {
    FunctionSurface surface = FunctionSurface.bowl(13, 1);

    FittedCurve fitted =
        new BezierFit(surface, settings().setEpochs(3).build(), 1, "pair")
            .fit(straight(), FitProgress.NONE);

    assertThat(fitted.gradients()).isEqualTo(6);
    assertThat(surface.batches).hasSize(6).allMatch(batch -> batch.length == 5);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] seen =
          surface.batches.subList(2 * epoch, 2 * epoch + 2).stream()
              .flatMapToInt(Arrays::stream)
              .toArray();
      assertThat(seen).doesNotHaveDuplicates();
    }
    assertThat(surface.batches.get(0)).isNotEqualTo(surface.batches.get(2));
  }

  @Test
  void fewerImagesThanABatchMakeOneBatch() {
    FunctionSurface surface = FunctionSurface.bowl(3, 1);

    new BezierFit(surface, settings().setEpochs(2).build(), 1, "pair")
        .fit(straight(), FitProgress.NONE);

    assertThat(surface.batches).hasSize(2);
    assertThat(surface.batches.get(0)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void theIdKeysTheFit() {
    ConnectivitySettings settings = settings().setEpochs(5).build();

    double[] once = fitRing(settings, "pair");

    assertThat(fitRing(settings, "pair")).isEqualTo(once);
    assertThat(fitRing(settings, "other pair")).isNotEqualTo(once);
  }

  private static double[] fitRing(ConnectivitySettings settings, String id) {
    return new BezierFit(FunctionSurface.ring(false), settings, 1, id)
        .fit(straight(), FitProgress.NONE)
        .curve()
        .control();
  }

  @Test
  void leavesTheInitialCurveAsItWas() {
    BezierCurve initial = straight();

    new BezierFit(FunctionSurface.ring(false), settings().build(), 1, "pair")
        .fit(initial, FitProgress.NONE);

    assertThat(initial.control()).containsExactly(0.5, 0.5);
  }

  @Test
  void aDivergingFitEndsWithItsReason() {
    ConnectivitySettings settings = settings().setLearningRate(1000).build();

    assertThatThrownBy(() -> fitRing(settings, "pair 7"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("the fit of the curve pair 7 diverged at step ")
        .hasMessageEndingWith("try a learning_rate below 1000.0");
  }

  @Test
  void refusesADataFractionOutOfItsRange() {
    assertThatThrownBy(
            () -> new BezierFit(FunctionSurface.ring(false), settings().build(), 1.5, "pair"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataFraction (1.5)");
  }
}
