package dev.terrain.taxonomy.boundary;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws from the posterior of a {@link LogisticFit} whose precisions are all 1 by elliptical slice
 * sampling (Murray, Adams, MacKay: Elliptical slice sampling, AISTATS 2010) with the Laplace
 * approximation as the Gaussian and the ratio of the posterior to it as the likelihood (Nishihara,
 * Murray, Adams: Parallel MCMC with generalized elliptical slice sampling, JMLR 2014).
 *
 * <p>The approximation alone would not do: far inside one side the sides tell nothing of the size
 * of f but all of its sign, which a Gaussian cannot hold, and its draws would have specks of the
 * other side where there is no such cell.
 */
final class EllipticalSlice {
  private static final int STEPS_BEFORE = 20;
  private static final int STEPS_BETWEEN = 2;

  private final double[][] design;
  private final boolean[] positive;
  private final LogisticFit fit;
  private final double[] atMode;
  private final CounterRandom random;

  private EllipticalSlice(
      double[][] design, boolean[] positive, LogisticFit fit, CounterRandom random) {
    this.design = design;
    this.positive = positive;
    this.fit = fit;
    this.random = random;
    this.atMode = image(fit.mode());
  }

  /**
   * A point: standard normal numbers, the step from the mode they give, its image, and the log of
   * posterior over approximation there, up to a constant.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Point(double[] normal, double[] step, double[] image, double logRatio) {}

  /** Coefficients drawn from the posterior. */
  static List<double[]> draws(
      double[][] design, boolean[] positive, LogisticFit fit, int count, CounterRandom random) {
    EllipticalSlice sampler = new EllipticalSlice(design, positive, fit, random);
    Point point = sampler.fresh();
    for (int i = 0; i < STEPS_BEFORE; i++) {
      point = sampler.next(point);
    }
    List<double[]> draws = new ArrayList<>();
    while (draws.size() < count) {
      for (int i = 0; i < STEPS_BETWEEN; i++) {
        point = sampler.next(point);
      }
      draws.add(mixed(fit.mode(), 1, point.step(), 1));
    }
    return draws;
  }

  private Point next(Point now) {
    Point other = fresh();
    double least = now.logRatio() + Math.log(1 - random.nextDouble());
    double angle = 2 * Math.PI * random.nextDouble();
    double low = angle - 2 * Math.PI;
    double high = angle;
    while (true) {
      double cosine = Math.cos(angle);
      double sine = Math.sin(angle);
      Point next =
          point(
              mixed(now.normal(), cosine, other.normal(), sine),
              mixed(now.step(), cosine, other.step(), sine),
              mixed(now.image(), cosine, other.image(), sine));
      if (next.logRatio() >= least) {
        return next;
      }
      if (angle < 0) {
        low = angle;
      } else {
        high = angle;
      }
      if (high - low < 1e-12) {
        return now;
      }
      angle = low + random.nextDouble() * (high - low);
    }
  }

  /** A point of the Laplace approximation: Lᵀ step = normal. */
  private Point fresh() {
    double[][] factor = fit.factor();
    double[] normal = new double[factor.length];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    double[] step = normal.clone();
    for (int i = step.length - 1; i >= 0; i--) {
      step[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        step[j] -= factor[i][j] * step[i];
      }
    }
    return point(normal, step, image(step));
  }

  private double[] image(double[] step) {
    double[] image = new double[design.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = LogisticFit.product(design[i], step);
    }
    return image;
  }

  private Point point(double[] normal, double[] step, double[] image) {
    double sum = 0;
    for (int i = 0; i < positive.length; i++) {
      sum += LogisticFit.logProbability(atMode[i] + image[i], positive[i]);
    }
    double[] mode = fit.mode();
    for (int j = 0; j < mode.length; j++) {
      double b = mode[j] + step[j];
      sum += (normal[j] * normal[j] - b * b) / 2;
    }
    return new Point(normal, step, image, sum);
  }

  private static double[] mixed(double[] a, double ofA, double[] b, double ofB) {
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = ofA * a[i] + ofB * b[i];
    }
    return sum;
  }
}
