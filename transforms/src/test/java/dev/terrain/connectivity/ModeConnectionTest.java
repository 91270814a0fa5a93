package dev.terrain.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.surface.Weights;
import dev.terrain.v1.ConnectivitySettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModeConnectionTest {
  private static final double[] A = {1, 0};
  private static final double[] B = {0, 1};
  private static final ConnectivitySettings SETTINGS =
      ConnectivitySettings.newBuilder()
          .setBatchSize(5)
          .setEpochs(100)
          .setLearningRate(0.05)
          .build();

  private static Weights plain(double... theta) {
    return new Weights(theta, new double[0]);
  }

  private static ModeConnection measure(FunctionSurface surface, Weights a, Weights b) {
    return ModeConnection.measure(
        surface, surface, a, b, SETTINGS, 1, null, "pair", FitProgress.NONE);
  }

  @Test
  void theCurveGoesRoundTheBarrierOfTheLine() {
    ModeConnection connection =
        measure(FunctionSurface.ring(false), plain(A.clone()), plain(B.clone()));

    // Halfway along the chord ‖θ‖² is ½ and the loss ¼.
    assertThat(connection.entezariBarrier().value()).isCloseTo(0.25, within(1e-12));
    assertThat(connection.frankleBarrier().value()).isEqualTo(100);
    assertThat(connection.modeConnectivity().value()).isZero();
    assertThat(Arrays.stream(connection.bezier().trainLosses()).max().orElseThrow())
        .isLessThan(0.005);
    // The quarter circle has the length π/2.
    assertThat(Arrays.stream(connection.bezier().segmentLengths()).sum())
        .isCloseTo(Math.PI / 2, within(0.02));
    assertThat(Arrays.stream(connection.linear().segmentLengths()).sum())
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(connection.gradients()).isEqualTo(400);
    assertThat(connection.endpointDeviation()).isZero();
  }

  @Test
  void evaluatesAtTheRequestedPositions() {
    ModeConnection connection =
        measure(FunctionSurface.ring(false), plain(A.clone()), plain(B.clone()));

    assertThat(connection.bezier().positions()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(connection.linear().positions()).hasSize(11).isSorted();
    assertThat(connection.linear().points().get(0)).isSameAs(connection.bezier().points().get(0));
    assertThat(connection.bezier().testErrors()).isEqualTo(connection.bezier().trainErrors());
  }

  @Test
  void thePaperVariantStartsAtARandomInitialisation() {
    ConnectivitySettings paper =
        ConnectivitySettings.newBuilder(SETTINGS).setVariant("paper").build();
    FunctionSurface ring = FunctionSurface.ring(false);

    ModeConnection connection =
        ModeConnection.measure(
            ring,
            ring,
            plain(A.clone()),
            plain(B.clone()),
            paper,
            1,
            new double[] {0.3, -0.2},
            "pair",
            FitProgress.NONE);

    assertThat(connection.modeConnectivity().value()).isZero();
    assertThatThrownBy(
            () ->
                ModeConnection.measure(
                    ring,
                    ring,
                    plain(A.clone()),
                    plain(B.clone()),
                    paper,
                    1,
                    null,
                    "pair",
                    FitProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variant paper needs a random initialisation of the control point");
    assertThatThrownBy(
            () ->
                ModeConnection.measure(
                    ring,
                    ring,
                    plain(A.clone()),
                    plain(B.clone()),
                    SETTINGS,
                    1,
                    A,
                    "pair",
                    FitProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variant default takes no random initialisation of the control point");
  }

  @Test
  void statisticsAreReEstimatedAtEveryPoint() {
    ModeConnection connection =
        measure(
            FunctionSurface.ring(true),
            new Weights(A.clone(), A.clone()),
            new Weights(B.clone(), B.clone()));

    assertThat(connection.modeConnectivity().value()).isZero();
    assertThat(connection.bezier().trainErrors()).containsOnly(0);
    assertThat(connection.endpointDeviation()).isZero();
  }

  @Test
  void storedStatisticsThatDifferShowAsEndpointDeviation() {
    ModeConnection connection =
        measure(
            FunctionSurface.ring(true),
            new Weights(A.clone(), A.clone()),
            new Weights(B.clone(), new double[] {9, 9}));

    assertThat(connection.bezier().trainErrors()).containsOnly(0);
    assertThat(connection.endpointDeviation()).isEqualTo(100);
  }

  @Test
  void withoutBatchNormAnEndThatDiffersFromItsModelIsAnError() {
    // The model claims to have no statistics, but the network does worse without.
    Weights broken = plain(B.clone());

    assertThatThrownBy(
            () -> measure(FunctionSurface.ring(true), new Weights(A.clone(), A.clone()), broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the path at t = 1 has a training error of 0.0 percent")
        .hasMessageContaining("the model there has 100.0");
  }

  @Test
  void refusesAModelOfAnotherSize() {
    assertThatThrownBy(() -> measure(FunctionSurface.ring(false), plain(A.clone()), plain(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the model at t = 1 has 3 parameters; the network has 2");
  }

  @Test
  void aLossThatIsNotFiniteIsNamed() {
    FunctionSurface train = FunctionSurface.ring(false);
    FunctionSurface test =
        new FunctionSurface(2, 5, false, theta -> Double.NaN, theta -> theta.clone());

    assertThatThrownBy(
            () ->
                ModeConnection.measure(
                    train,
                    test,
                    plain(A.clone()),
                    plain(B.clone()),
                    SETTINGS,
                    1,
                    null,
                    "pair",
                    FitProgress.NONE))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("the mean test loss at a point of the path is NaN");
  }
}
