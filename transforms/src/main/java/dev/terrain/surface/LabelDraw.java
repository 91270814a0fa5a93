package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.terrain.random.CounterRandom;

/**
 * Labels drawn from the model's own distribution, one for each image: which one depends on the
 * image and the draw, not on how the sample is cut into batches.
 */
record LabelDraw(CurvatureMatrix matrix, int examples) {

  /** Targets in place of those of the data: labels (n), or vectors (n, C) for the squared error. */
  NDArray targets(NDManager scope, NDArray outputs, int[] positions, Loss loss) {
    return loss == Loss.CROSS_ENTROPY
        ? scope.create(labels(outputs, positions))
        : vectors(scope, outputs, positions);
  }

  private CounterRandom random(int position) {
    return CounterRandom.of(
        matrix.labelId(), "fisher label", matrix.draw() * examples + (long) position);
  }

  private long[] labels(NDArray outputs, int[] positions) {
    double[] probabilities = AutogradModule.get().probabilities(outputs).toDoubleArray();
    int classes = probabilities.length / positions.length;
    long[] labels = new long[positions.length];
    for (int i = 0; i < labels.length; i++) {
      double rest = random(positions[i]).nextDouble();
      int label = 0;
      while (label < classes - 1 && rest >= probabilities[i * classes + label]) {
        rest -= probabilities[i * classes + label];
        label++;
      }
      labels[i] = label;
    }
    return labels;
  }

  /** f + ξ/√2: the squared error is the negative log-likelihood of N(f, ½ I). */
  private NDArray vectors(NDManager scope, NDArray outputs, int[] positions) {
    double[] values = Vectors.download(outputs);
    int size = values.length / positions.length;
    for (int i = 0; i < positions.length; i++) {
      CounterRandom random = random(positions[i]);
      for (int c = 0; c < size; c++) {
        values[i * size + c] += random.nextGaussian() / Math.sqrt(2);
      }
    }
    try (NDArray targets = scope.create(values, new Shape(positions.length, size))) {
      return targets.toType(outputs.getDataType(), true);
    }
  }
}
