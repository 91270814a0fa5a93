package dev.terrain.connectivity;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A loss given by a formula f(θ). Image i of n has the loss f(θ) (½ + i/(n - 1)), so the mean is
 * f(θ), and counts as correct while that is below 0.01. It remembers the batches it was asked for.
 *
 * <p>With statistics, the network has "batch norm": its statistics at θ are θ itself, and a model
 * with other statistics has no image right.
 */
final class FunctionSurface implements LossSurface {
  private final int dimension;
  private final int images;
  private final boolean statistics;
  private final ToDoubleFunction<double[]> loss;
  private final UnaryOperator<double[]> gradient;
  final List<int[]> batches = new ArrayList<>();

  FunctionSurface(
      int dimension,
      int images,
      boolean statistics,
      ToDoubleFunction<double[]> loss,
      UnaryOperator<double[]> gradient) {
    this.dimension = dimension;
    this.images = images;
    this.statistics = statistics;
    this.loss = loss;
    this.gradient = gradient;
  }

  /** (‖θ‖² - 1)²: a valley along the unit circle. */
  static FunctionSurface ring(boolean statistics) {
    return new FunctionSurface(
        2,
        20,
        statistics,
        theta -> Math.pow(squaredNorm(theta) - 1, 2),
        theta -> scaled(theta, 4 * (squaredNorm(theta) - 1)));
  }

  /** c/2 ‖θ‖². */
  static FunctionSurface bowl(int images, double curvature) {
    return new FunctionSurface(
        2,
        images,
        false,
        theta -> curvature / 2 * squaredNorm(theta),
        theta -> scaled(theta, curvature));
  }

  private static double squaredNorm(double[] theta) {
    return Arrays.stream(theta).map(x -> x * x).sum();
  }

  private static double[] scaled(double[] theta, double factor) {
    return Arrays.stream(theta).map(x -> factor * x).toArray();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int examples() {
    return images;
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    double[] theta = weights.theta();
    boolean foreign = statistics && !Arrays.equals(weights.statistics(), theta);
    double[] losses = new double[images];
    boolean[] correct = new boolean[images];
    for (int i = 0; i < images; i++) {
      losses[i] = loss.applyAsDouble(theta) * (0.5 + i / (images - 1.0));
      correct[i] = losses[i] < 0.01 && !foreign;
    }
    return new Evaluation(losses, correct);
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    batches.add(examples);
    return new LossGradient(loss.applyAsDouble(theta), gradient.apply(theta));
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return statistics ? theta.clone() : new double[0];
  }

  @Override
  public int[] batchSizes() {
    return new int[] {images};
  }

  @Override
  public double[][] outputs(Weights weights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    throw new UnsupportedOperationException();
  }
}
