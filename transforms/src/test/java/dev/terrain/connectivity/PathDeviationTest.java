package dev.terrain.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.surface.Evaluation;
import dev.terrain.surface.QuadraticSurface;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mode connectivity and linear barriers of paths written down by hand. */
class PathDeviationTest {

  /** A path with one string a point and one character an image: 'x' is wrong. */
  private static PathEvaluation path(String... points) {
    List<PathPoint> evaluations =
        Stream.of(points)
            .map(
                point -> {
                  boolean[] correct = new boolean[point.length()];
                  for (int i = 0; i < correct.length; i++) {
                    correct[i] = point.charAt(i) != 'x';
                  }
                  Evaluation evaluation = new Evaluation(new double[correct.length], correct);
                  return new PathPoint(evaluation, evaluation);
                })
            .toList();
    double[] positions = new double[points.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i / (points.length - 1.0);
    }
    return new PathEvaluation(positions, evaluations, new double[points.length - 1]);
  }

  @Test
  void aBarrierIsNegativeConnectivity() {
    PathDeviation connectivity = ModeConnectivity.of(path("....", "...x", ".xxx", "...x", "...x"));

    // Ends 0 and 25 percent, at t = ½ 75: differences per image 0, -1, -1, -½.
    assertThat(connectivity.value()).isEqualTo(-62.5);
    assertThat(connectivity.t()).isEqualTo(0.5);
    assertThat(connectivity.dataStandardError())
        .isCloseTo(
            100 * Math.sqrt((0.625 * 0.625 + 2 * 0.375 * 0.375 + 0.125 * 0.125) / 3 / 4),
            within(1e-12));
  }

  @Test
  void aCurveBetterThanItsEndsHasPositiveConnectivity() {
    PathDeviation connectivity = ModeConnectivity.of(path("xx..", "....", ".x..", "..x.", "..xx"));

    assertThat(connectivity.value()).isEqualTo(50);
    assertThat(connectivity.t()).isEqualTo(0.25);
  }

  @Test
  void theEndsTakePartAndTheFirstOfEqualsWins() {
    PathDeviation connectivity = ModeConnectivity.of(path("xx", ".x", ".."));

    assertThat(connectivity.value()).isEqualTo(-50);
    assertThat(connectivity.t()).isZero();
  }

  @Test
  void aPerfectPathHasZeroConnectivityWithoutError() {
    assertThat(ModeConnectivity.of(path("...", "...", "...")))
        .isEqualTo(new PathDeviation(0, 0.0, 0));
  }

  @Test
  void oneImageGivesNoError() {
    assertThat(ModeConnectivity.of(path(".", "x", ".")))
        .isEqualTo(new PathDeviation(-100, null, 0.5));
  }

  @Test
  void theErrorBarrierIsOverTheMeanOfTheEnds() {
    PathDeviation barrier = LinearBarrier.frankle(path("...x", "..xx", ".xxx", "x..."));

    assertThat(barrier.value()).isEqualTo(50);
    assertThat(barrier.t()).isEqualTo(2.0 / 3);
    // Differences per image -½, 1, 1, ½.
    assertThat(barrier.dataStandardError())
        .isCloseTo(100 * Math.sqrt((1 + 0.25 + 0.25 + 0) / 3 / 4), within(1e-12));
  }

  @Test
  void theErrorBarrierOfALineBelowItsEndsIsHalfTheirDifference() {
    assertThat(LinearBarrier.frankle(path("...x", "....", "....")).value()).isEqualTo(12.5);
  }

  /** On a quadratic loss the excess over the chord is -½ t(1 - t) d'Hd, d = b - a. */
  @Test
  void theLossBarrierOfAQuadraticLossIsItsClosedForm() {
    double[] a = {1, 2};
    double[] b = {-1, 3};
    // d = (-2, 1): d'Hd = 4 · 3 + 1 · 5 = 17, and -17 for -H.
    double[][] convex = {{3, 0}, {0, 5}};
    double[][] concave = {{-3, 0}, {0, -5}};

    PathDeviation valley = LinearBarrier.entezari(line(convex, a, b));
    PathDeviation ridge = LinearBarrier.entezari(line(concave, a, b));

    assertThat(valley.value()).isCloseTo(-0.5 * 0.1 * 0.9 * 17, within(1e-12));
    assertThat(ridge.value()).isCloseTo(0.5 * 0.25 * 17, within(1e-12));
    assertThat(ridge.t()).isEqualTo(0.5);
  }

  @Test
  void lossesOnALineOfAQuadraticLossFollowTheClosedForm() {
    double[] a = {1, 2};
    double[] b = {-1, 3};

    PathEvaluation line = line(new double[][] {{3, 1}, {1, -5}}, a, b);

    // d'Hd = 4 · 3 - 2 · 2 - 5 = 3; L(a) = ½ (3 + 4 - 20), L(b) = ½ (3 - 6 - 45).
    double[] expected =
        Arrays.stream(line.positions())
            .map(t -> (1 - t) * -6.5 + t * -24 - 0.5 * t * (1 - t) * 3)
            .toArray();
    assertThat(line.trainLosses()).containsExactly(expected, within(1e-12));
    assertThat(line.segmentLengths()).hasSize(10);
    assertThat(Arrays.stream(line.segmentLengths()).sum()).isCloseTo(Math.sqrt(5), within(1e-12));
  }

  private static PathEvaluation line(double[][] hessian, double[] a, double[] b) {
    QuadraticSurface surface = QuadraticSurface.of(hessian);
    PathEvaluator evaluator = new PathEvaluator(surface, surface);
    return evaluator.along(new LinearPath(a, b), 11, evaluator.evaluate(a), evaluator.evaluate(b));
  }

  @Test
  void theErrorOfTheLossBarrierIsPairedOverImages() {
    boolean[] correct = {true, true};
    List<PathPoint> points =
        Stream.of(new double[] {1, 5}, new double[] {4, 10}, new double[] {3, 7})
            .map(losses -> new Evaluation(losses, correct))
            .map(evaluation -> new PathPoint(evaluation, evaluation))
            .toList();

    PathDeviation barrier =
        LinearBarrier.entezari(
            new PathEvaluation(new double[] {0, 0.5, 1}, points, new double[] {1, 1}));

    // Excess 4 - 2 and 10 - 6: mean 3, deviations ∓1.
    assertThat(barrier).isEqualTo(new PathDeviation(3, 1.0, 0.5));
  }
}
