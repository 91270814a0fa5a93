package dev.terrain.model;

import dev.terrain.v1.ModelSpec;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Small convolutional networks: two stages (3x3 convolution, batch norm, 2x2 max pooling, ReLU) of
 * k and 2k channels, one linear layer.
 *
 * <p>ReLU commutes with pooling, to the bit and in all derivatives, and has a quarter of the
 * numbers to go through when it comes last.
 */
final class Cnn implements Architecture {
  private static final int KERNEL = 3;

  /** Rows and columns that two poolings leave one of. */
  private static final int LEAST_SIDE = 4;

  @Override
  public String name() {
    return "cnn";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("width");
  }

  @Override
  public Network network(ModelSpec spec, ImageShape shape) {
    ParameterLayout layout = new ParameterLayout();
    return Network.of(new Convolutions(layout, shape, spec.getWidth()), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    long width = spec.getWidth();
    long halved = (long) (shape.height() / 2) * (shape.width() / 2);
    long quartered = (long) (shape.height() / 4) * (shape.width() / 4);
    long weights = (long) KERNEL * KERNEL;
    return weights * shape.pixels() * width
        + weights * halved * width * (2 * width)
        + quartered * (2 * width) * shape.classes();
  }

  private static final class Convolutions implements Layer {
    private final int pooledPixels;
    private final ConvolutionLayer convolution1;
    private final BatchNormLayer norm1;
    private final ConvolutionLayer convolution2;
    private final BatchNormLayer norm2;
    private final LinearLayer output;

    Convolutions(ParameterLayout layout, ImageShape shape, int width) {
      if (shape.height() < LEAST_SIDE || shape.width() < LEAST_SIDE) {
        throw new IllegalArgumentException(
            "cnn needs images of at least %dx%d pixels, not %dx%d"
                .formatted(LEAST_SIDE, LEAST_SIDE, shape.height(), shape.width()));
      }
      pooledPixels = (shape.height() / 2) * (shape.width() / 2);
      convolution1 = new ConvolutionLayer(layout, "conv1", shape.channels(), width, KERNEL, 1);
      norm1 = new BatchNormLayer(layout, "bn1", width);
      convolution2 = new ConvolutionLayer(layout, "conv2", width, 2 * width, KERNEL, 1);
      norm2 = new BatchNormLayer(layout, "bn2", 2 * width);
      int pixels = (shape.height() / 2 / 2) * (shape.width() / 2 / 2);
      output = new LinearLayer(layout, "fc", 2 * width * pixels, shape.classes());
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = norm1.forward(pass, convolution1.forward(pass, input));
      x = pass.relu(pass.maxPool(x));
      x = norm2.forward(pass, convolution2.forward(pass, x));
      x = pass.relu(pass.maxPool(x));
      return output.forward(pass, pass.flatten(x));
    }

    @Override
    public OptionalInt valuesPerNormalisedChannel() {
      return OptionalInt.of(pooledPixels);
    }
  }
}
