package dev.terrain.taxonomy.ruggedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The two-dimensional relative: f = a·b, inner product of two vectors of one width, with the loss
 * ½(f - 1)². Width alone moves it from unconnected to connected: phases III and IV in a test.
 */
final class InnerProductToyTest {
  private static final int PANELS = 4_000;

  private static double loss(double[] a, double[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return (product - 1) * (product - 1) / 2;
  }

  @Test
  void ofWidthOne_theStraightLineHasABarrierOfOneHalf() {
    DoubleUnaryOperator line = t -> loss(new double[] {1 - 2 * t}, new double[] {1 - 2 * t});
    assertThat(highest(line)).isEqualTo(0.5);
    assertThat(line.applyAsDouble(0.5)).isEqualTo(0.5);
  }

  /** Each crosses a = 0, where f = 0. */
  @Test
  void ofWidthOne_noPathStaysBelowOneHalf() {
    for (int path = 0; path < 200; path++) {
      CounterRandom random = CounterRandom.of("toy", "path", path);
      double[] waves = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      DoubleUnaryOperator loss =
          t -> {
            double wave = Math.sin(Math.PI * t);
            double a = 1 - 2 * t + wave * (waves[0] + waves[1] * Math.cos(7 * t));
            double b = 1 - 2 * t + 3 * wave * waves[2];
            return loss(new double[] {a}, new double[] {b});
          };
      // The crossing lies between two of the points, at most 10 by 1/4000 from one.
      assertThat(highest(loss)).isGreaterThan(0.5 - 0.02);
    }
  }

  @Test
  void ofWidthTwo_theStraightLineHasABarrierOfAnEighth() {
    DoubleUnaryOperator line =
        t -> {
          double[] point = {1 - t, t};
          return loss(point, point);
        };
    assertThat(highest(line)).isCloseTo(0.125, within(1e-15));
    for (double t = 0; t <= 1; t += 0.1) {
      assertThat(line.applyAsDouble(t)).isCloseTo(2 * t * t * (1 - t) * (1 - t), within(1e-15));
    }
  }

  @Test
  void ofWidthTwo_swappedUnitsHaveNoBarrier() {
    // The second model (e2, e2) with its units swapped is the first.
    DoubleUnaryOperator line = t -> loss(new double[] {1, 0}, new double[] {1, 0});
    assertThat(highest(line)).isZero();
  }

  @Test
  void ofWidthTwo_aCurveConnects() {
    double best = lowest(s -> mean(bezier(s)), 0.8, 1.1);
    assertThat(best).isCloseTo(0.9226784931, within(2e-9));
    assertThat(mean(bezier(best))).isCloseTo(5.805346577e-5, within(1e-14));
    assertThat(highest(bezier(best))).isCloseTo(1.399815e-4, within(2e-10));

    double lowestPeak = golden(s -> highest(bezier(s)), 0.9, 0.95);
    assertThat(lowestPeak).isCloseTo(0.92513508, within(1e-7));
    assertThat(highest(bezier(lowestPeak))).isCloseTo(1.20203e-4, within(5e-10));
  }

  @Test
  void ofWidthTwo_aChainOfTwoSegmentsIsInBetween() {
    double best = lowest(s -> mean(chain(s)), 0.6, 0.9);
    assertThat(best).isCloseTo(0.7581141908, within(2e-9));
    assertThat(mean(chain(best))).isCloseTo(2.519268e-3, within(5e-10));
    assertThat(highest(chain(best))).isCloseTo(1.1171276e-2, within(5e-9));
  }

  /** (e1, e1) to (e2, e2) with the control point ((s, s), (s, s)). */
  private static DoubleUnaryOperator bezier(double s) {
    return t -> {
      double middle = 2 * t * (1 - t) * s;
      double[] point = {(1 - t) * (1 - t) + middle, t * t + middle};
      return loss(point, point);
    };
  }

  /** By way of ((s, s), (s, s)); the second half mirrors the first. */
  private static DoubleUnaryOperator chain(double s) {
    return t -> {
      double u = Math.min(t, 1 - t) * 2;
      double[] point = {1 - u + u * s, u * s};
      return loss(point, point);
    };
  }

  /** Simpson's rule. */
  private static double mean(DoubleUnaryOperator loss) {
    double sum = loss.applyAsDouble(0) + loss.applyAsDouble(1);
    for (int i = 1; i < PANELS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * loss.applyAsDouble((double) i / PANELS);
    }
    return sum / 3 / PANELS;
  }

  private static double highest(DoubleUnaryOperator loss) {
    double highest = 0;
    for (int i = 0; i <= PANELS; i++) {
      highest = Math.max(highest, loss.applyAsDouble((double) i / PANELS));
    }
    return highest;
  }

  /** Where the slope of a convex function, by the five-point rule, changes its sign. */
  private static double lowest(DoubleUnaryOperator f, double low, double high) {
    double h = 1e-3;
    DoubleUnaryOperator slope =
        s ->
            f.applyAsDouble(s - 2 * h)
                - 8 * f.applyAsDouble(s - h)
                + 8 * f.applyAsDouble(s + h)
                - f.applyAsDouble(s + 2 * h);
    for (int i = 0; i < 45; i++) {
      double middle = (low + high) / 2;
      if (slope.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double golden(DoubleUnaryOperator f, double low, double high) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < 60; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (f.applyAsDouble(left) < f.applyAsDouble(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }
}
