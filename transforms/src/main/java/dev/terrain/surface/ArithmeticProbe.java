package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.terrain.random.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gradient and Hessian-vector product of f(θ) = mean over images of mean((tanh(tanh(x ∗ W₁) ∗ W₂)
 * V)²), θ = (W₁, W₂, V), in float32 against float64.
 *
 * <p>The function is smooth, so rounding cannot flip a branch as it can with rectifiers and maxima,
 * and both derivatives differ by rounding alone. Numbers of channels and images that are odd or
 * smaller than a vector register make blocked kernels pad.
 *
 * @param images in the batch, which is a number of channels to the derivative of a derivative
 * @param inputs channels of the images
 * @param hidden channels after the first convolution, of 3 x 3
 * @param outputs channels after the second
 * @param kernel side of the second convolution's kernel
 * @param stride of the second convolution
 * @param side of the images
 */
record ArithmeticProbe(
    int images, int inputs, int hidden, int outputs, int kernel, int stride, int side) {
  /** Every kind of convolution that the architectures have, small enough for milliseconds. */
  static final List<ArithmeticProbe> ALL =
      List.of(
          new ArithmeticProbe(25, 1, 2, 4, 3, 1, 14),
          new ArithmeticProbe(5, 1, 4, 8, 3, 1, 28),
          new ArithmeticProbe(5, 3, 5, 7, 3, 2, 9),
          new ArithmeticProbe(7, 2, 3, 10, 1, 2, 8),
          new ArithmeticProbe(3, 17, 20, 1, 3, 1, 4));

  private static final int CLASSES = 3;
  private static final int REPETITIONS = 3;

  /** The largest deviation of some repetitions. */
  ArithmeticDeviation deviation() {
    double[][] exact = derivatives(Precision.FLOAT64);
    ArithmeticDeviation largest = ArithmeticDeviation.NONE;
    for (int i = 0; i < REPETITIONS; i++) {
      double[][] single = derivatives(Precision.FLOAT32);
      largest =
          largest.max(
              new ArithmeticDeviation(
                  relative(single[0], exact[0]), relative(single[1], exact[1])));
    }
    return largest;
  }

  private double[][] derivatives(Precision precision) {
    Vectors vectors = new Vectors(precision);
    int[] sizes = {hidden * inputs * 9, outputs * hidden * kernel * kernel, features() * CLASSES};
    int dimension = IntStream.of(sizes).sum();
    try (NDManager scope = Torch.newManager()) {
      NDArray theta = vectors.upload(scope, gaussian("weights", dimension, 0.3));
      theta.setRequiresGradient(true);
      NDArray pixels =
          vectors
              .upload(scope, gaussian("pixels", images * inputs * side * side, 1))
              .reshape(images, inputs, side, side);
      NDArray losses = losses(pixels, theta.split(new long[] {sizes[0], sizes[0] + sizes[1]}));
      NDList graph = AutogradModule.get().hessianGraph(losses, theta);
      NDArray vector = vectors.upload(scope, gaussian("vector", dimension, 1));
      vector.setName(AutogradModule.VECTOR);
      NDList products =
          AutogradModule.get().products(ProductForm.HESSIAN, List.of(vector), graph, theta);
      return new double[][] {
        Vectors.download(graph.get(0)), Vectors.download(products.singletonOrThrow())
      };
    }
  }

  private NDArray losses(NDArray pixels, NDList weights) {
    NDArray x = convolution(pixels, weights.get(0).reshape(hidden, inputs, 3, 3), 1).tanh();
    x = convolution(x, weights.get(1).reshape(outputs, hidden, kernel, kernel), stride).tanh();
    NDArray scores = x.reshape(images, -1).matMul(weights.get(2).reshape(features(), CLASSES));
    return scores.mul(scores).mean(new int[] {1});
  }

  private static NDArray convolution(NDArray x, NDArray weight, int stride) {
    long padding = weight.getShape().get(2) / 2;
    return Conv2d.conv2d(x, weight, null, new Shape(stride, stride), new Shape(padding, padding))
        .singletonOrThrow();
  }

  /** Numbers that the second convolution makes of an image. */
  private int features() {
    int left = (side + 2 * (kernel / 2) - kernel) / stride + 1;
    return outputs * left * left;
  }

  /** Exact in float32, so that both precisions are given the same numbers. */
  private static double[] gaussian(String purpose, int length, double scale) {
    CounterRandom random = CounterRandom.of("arithmetic", purpose, 0);
    return IntStream.range(0, length)
        .mapToDouble(i -> (float) (scale * random.nextGaussian()))
        .toArray();
  }

  private static double relative(double[] found, double[] exact) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += (found[i] - exact[i]) * (found[i] - exact[i]);
      norm += exact[i] * exact[i];
    }
    double relative = Math.sqrt(difference / norm);
    return Double.isFinite(relative) ? relative : Double.POSITIVE_INFINITY;
  }
}
