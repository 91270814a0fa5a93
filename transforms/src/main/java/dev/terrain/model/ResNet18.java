package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The study's ResNet18 for small images: a 3x3 stem without pooling, four stages of two residual
 * blocks with k, 2k, 4k and 8k channels (the last three halve the image), global average pooling
 * and one linear layer.
 */
final class ResNet18 extends FlatBlock {
  private static final int STAGES = 4;
  private static final int BLOCKS_PER_STAGE = 2;

  private final int classes;
  private final int lastPixels;
  private final ConvolutionLayer stem;
  private final BatchNormLayer stemNorm;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final LinearLayer output;

  ResNet18(ParameterLayout layout, ImageShape shape, int width) {
    classes = shape.classes();
    lastPixels = lastSide(shape.height()) * lastSide(shape.width());
    stem =
        addChildBlock(
            "conv1", new ConvolutionLayer(layout, "conv1", shape.channels(), width, 3, 1));
    stemNorm = addChildBlock("bn1", new BatchNormLayer(layout, "bn1", width));
    int channels = width;
    for (int stage = 0; stage < STAGES; stage++) {
      int outputs = width << stage;
      for (int block = 0; block < BLOCKS_PER_STAGE; block++) {
        String name = "layer" + (stage + 1) + "." + block;
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(addChildBlock(name, new ResidualBlock(layout, name, channels, outputs, stride)));
        channels = outputs;
      }
    }
    output = addChildBlock("fc", new LinearLayer(layout, "fc", channels, classes));
  }

  @Override
  NDArray forward(
      ParameterStore store, NDArray input, boolean training, PairList<String, Object> options) {
    NDArray x = stem.forward(store, input, training, options);
    x = Activation.relu(stemNorm.forward(store, x, training, options));
    for (ResidualBlock block : blocks) {
      x = block.forward(store, x, training, options);
    }
    return output.forward(store, averagePool(x), training, options);
  }

  private static NDArray averagePool(NDArray x) {
    return x.reshape(x.getShape().get(0), x.getShape().get(1), -1).mean(new int[] {2});
  }

  /** What is left of a side once all stages but the first have halved it, rounding up. */
  private static int lastSide(int side) {
    return ((side - 1) >> (STAGES - 1)) + 1;
  }

  @Override
  OptionalInt valuesPerNormalisedChannel() {
    return OptionalInt.of(lastPixels);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
  }
}
