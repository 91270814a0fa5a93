package dev.terrain.model;

import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The study's ResNet18 for small images: a 3x3 stem without pooling, four stages of two residual
 * blocks with k, 2k, 4k and 8k channels (the last three halve the image), global average pooling
 * and one linear layer.
 */
final class ResNet18 implements Architecture {
  private static final int KERNEL = 3;
  private static final int STAGES = 4;
  private static final int BLOCKS_PER_STAGE = 2;

  @Override
  public String name() {
    return "resnet18";
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
    return Network.of(new Residual(layout, shape, spec.getWidth()), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    long weights = (long) KERNEL * KERNEL;
    long width = spec.getWidth();
    long height = shape.height();
    long columns = shape.width();
    long sum = weights * shape.pixels() * width;
    long inputs = width;
    for (int stage = 0; stage < STAGES; stage++) {
      long outputs = width << stage;
      if (stage > 0) {
        height = (height + 1) / 2;
        columns = (columns + 1) / 2;
        sum += height * columns * inputs * outputs;
      }
      // Two blocks of two convolutions each, of which the first widens.
      sum += weights * height * columns * outputs * (inputs + 3 * outputs);
      inputs = outputs;
    }
    return sum + inputs * shape.classes();
  }

  private static final class Residual implements Layer {
    private final int lastPixels;
    private final ConvolutionLayer stem;
    private final BatchNormLayer stemNorm;
    private final List<ResidualBlock> blocks = new ArrayList<>();
    private final LinearLayer output;

    Residual(ParameterLayout layout, ImageShape shape, int width) {
      lastPixels = lastSide(shape.height()) * lastSide(shape.width());
      stem = new ConvolutionLayer(layout, "conv1", shape.channels(), width, KERNEL, 1);
      stemNorm = new BatchNormLayer(layout, "bn1", width);
      int channels = width;
      for (int stage = 0; stage < STAGES; stage++) {
        int outputs = width << stage;
        for (int block = 0; block < BLOCKS_PER_STAGE; block++) {
          String name = "layer" + (stage + 1) + "." + block;
          int stride = stage > 0 && block == 0 ? 2 : 1;
          blocks.add(new ResidualBlock(layout, name, channels, outputs, stride));
          channels = outputs;
        }
      }
      output = new LinearLayer(layout, "fc", channels, shape.classes());
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = pass.relu(stemNorm.forward(pass, stem.forward(pass, input)));
      for (ResidualBlock block : blocks) {
        x = block.forward(pass, x);
      }
      return output.forward(pass, pass.averagePool(x));
    }

    /** What is left of a side once all stages but the first have halved it, rounding up. */
    private static int lastSide(int side) {
      return ((side - 1) >> (STAGES - 1)) + 1;
    }

    @Override
    public OptionalInt valuesPerNormalisedChannel() {
      return OptionalInt.of(lastPixels);
    }
  }
}
