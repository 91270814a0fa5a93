package dev.terrain.model;

import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic of a forward pass: multiply-adds of linear and convolutional layers, which all else is
 * small beside. The layers are those that {@link Network#of} builds.
 */
public final class ForwardCost {
  private static final long KERNEL = 9;

  private ForwardCost() {}

  /**
   * Multiply-adds of one image.
   *
   * @throws IllegalArgumentException if the architecture is unknown
   */
  public static long multiplyAdds(ModelSpec spec, ImageShape shape) {
    return switch (spec.getArchitecture()) {
      case "mlp" -> perceptron(spec, shape);
      case "cnn" -> convolutional(spec.getWidth(), shape);
      case "resnet18" -> residual(spec.getWidth(), shape);
      default ->
          throw new IllegalArgumentException(
              "architecture (" + spec.getArchitecture() + ") must be mlp, cnn or resnet18");
    };
  }

  private static long perceptron(ModelSpec spec, ImageShape shape) {
    List<Integer> widths = new ArrayList<>(Network.hiddenWidths(spec));
    widths.add(shape.classes());
    long sum = 0;
    long inputs = shape.pixels();
    for (int width : widths) {
      sum += inputs * width;
      inputs = width;
    }
    return sum;
  }

  private static long convolutional(long width, ImageShape shape) {
    long halved = (long) (shape.height() / 2) * (shape.width() / 2);
    long quartered = (long) (shape.height() / 4) * (shape.width() / 4);
    return KERNEL * shape.pixels() * width
        + KERNEL * halved * width * (2 * width)
        + quartered * (2 * width) * shape.classes();
  }

  private static long residual(long width, ImageShape shape) {
    long height = shape.height();
    long columns = shape.width();
    long sum = KERNEL * shape.pixels() * width;
    long inputs = width;
    for (int stage = 0; stage < 4; stage++) {
      long outputs = width << stage;
      if (stage > 0) {
        height = (height + 1) / 2;
        columns = (columns + 1) / 2;
        sum += height * columns * inputs * outputs;
      }
      // Two blocks of two convolutions each, of which the first widens.
      sum += KERNEL * height * columns * outputs * (inputs + 3 * outputs);
      inputs = outputs;
    }
    return sum + inputs * shape.classes();
  }
}
