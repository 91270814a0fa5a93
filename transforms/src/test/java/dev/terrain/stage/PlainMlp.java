package dev.terrain.stage;

import dev.terrain.data.LabelledImages;
import dev.terrain.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A perceptron read from the tensors of a file and computed with loops in float64. */
public final class PlainMlp {
  private final List<Tensor> weights;
  private final List<Tensor> biases;

  public PlainMlp(List<Tensor> tensors) {
    weights = tensors.stream().filter(tensor -> tensor.name().endsWith(".weight")).toList();
    biases = tensors.stream().filter(tensor -> tensor.name().endsWith(".bias")).toList();
  }

  /** The normalised pixels of an image. */
  public static double[] image(LabelledImages images, int position) {
    int length = images.channels() * images.height() * images.width();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    images.copyPixels(new int[] {position}, bytes);
    double[] pixels = new double[length];
    Arrays.setAll(
        pixels,
        i ->
            (Byte.toUnsignedInt(bytes.get(i)) - images.pixelMean())
                / images.pixelStandardDeviation());
    return pixels;
  }

  private double[] logits(double[] image) {
    double[] x = image;
    for (int layer = 0; layer < weights.size(); layer++) {
      float[] weight = weights.get(layer).values();
      float[] bias = biases.get(layer).values();
      double[] y = new double[bias.length];
      for (int unit = 0; unit < y.length; unit++) {
        double sum = bias[unit];
        for (int i = 0; i < x.length; i++) {
          sum += weight[unit * x.length + i] * x[i];
        }
        y[unit] = layer < weights.size() - 1 ? Math.max(sum, 0) : sum;
      }
      x = y;
    }
    return x;
  }

  /** The softmax of the logits. */
  public double[] probabilities(double[] image) {
    double[] exponentials = Arrays.stream(logits(image)).map(Math::exp).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(value -> value / sum).toArray();
  }

  /** The cross-entropy of every image. */
  public double[] losses(LabelledImages images) {
    double[] losses = new double[images.size()];
    Arrays.setAll(losses, i -> -Math.log(probabilities(image(images, i))[images.label(i)]));
    return losses;
  }

  /** The images classified correctly, in percent. */
  public double accuracy(LabelledImages images) {
    double hits = 0;
    for (int i = 0; i < images.size(); i++) {
      double[] p = probabilities(image(images, i));
      hits += p[images.label(i)] == Arrays.stream(p).max().orElseThrow() ? 1 : 0;
    }
    return 100 * hits / images.size();
  }
}
