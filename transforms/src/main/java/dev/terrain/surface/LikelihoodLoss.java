package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.terrain.random.CounterRandom;

/**
 * A loss that is the negative log-likelihood, up to a constant, of a label's distribution given the
 * outputs f.
 */
enum LikelihoodLoss implements Loss {
  /** y ~ softmax(f). */
  CROSS_ENTROPY {
    @Override
    public NDArray ofEach(NDArray outputs, NDArray labels) {
      return outputs.logSoftmax(1).gather(labels.reshape(-1, 1), 1).reshape(-1).neg();
    }

    @Override
    NDArray ofDrawnLabels(NDArray outputs, LabelDraw draw, int[] positions) {
      double[] probabilities = AutogradModule.get().probabilities(outputs).toDoubleArray();
      int classes = probabilities.length / positions.length;
      long[] labels = new long[positions.length];
      for (int i = 0; i < labels.length; i++) {
        double rest = draw.random(positions[i]).nextDouble();
        int label = 0;
        while (label < classes - 1 && rest >= probabilities[i * classes + label]) {
          rest -= probabilities[i * classes + label];
          label++;
        }
        labels[i] = label;
      }
      return ofEach(outputs, Vectors.copy(outputs.getManager().create(labels)));
    }
  },

  /** y ~ N(f, ½ I), of which the unit vector of a label is taken for a value. */
  SQUARED_ERROR {
    @Override
    public NDArray ofEach(NDArray outputs, NDArray labels) {
      int classes = Math.toIntExact(outputs.getShape().get(1));
      return squaredDistance(outputs, labels.oneHot(classes, outputs.getDataType()));
    }

    @Override
    NDArray ofDrawnLabels(NDArray outputs, LabelDraw draw, int[] positions) {
      double[] values = Vectors.download(outputs);
      int size = values.length / positions.length;
      for (int i = 0; i < positions.length; i++) {
        CounterRandom random = draw.random(positions[i]);
        for (int c = 0; c < size; c++) {
          values[i * size + c] += random.nextGaussian() / Math.sqrt(2);
        }
      }
      NDArray drawn = outputs.getManager().create(values, new Shape(positions.length, size));
      return squaredDistance(outputs, Vectors.copy(drawn).toType(outputs.getDataType(), false));
    }

    private NDArray squaredDistance(NDArray outputs, NDArray vectors) {
      return outputs.sub(vectors).square().sum(new int[] {1});
    }
  };

  /** The losses against labels drawn from the distribution at these outputs, in their scope. */
  abstract NDArray ofDrawnLabels(NDArray outputs, LabelDraw draw, int[] positions);
}
