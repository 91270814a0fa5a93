package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A basic residual block (He, Zhang, Ren, Sun 2016): y = ReLU(x' + F(x)), F two 3x3 convolutions
 * with batch norm, x' = x or a 1x1 convolution with batch norm where the shape changes.
 */
final class ResidualBlock extends FlatBlock {
  private final ConvolutionLayer convolution1;
  private final BatchNormLayer norm1;
  private final ConvolutionLayer convolution2;
  private final BatchNormLayer norm2;
  private final @Nullable ConvolutionLayer shortcut;
  private final @Nullable BatchNormLayer shortcutNorm;

  ResidualBlock(ParameterLayout layout, String name, int inputs, int outputs, int stride) {
    convolution1 =
        addChildBlock(
            "conv1", new ConvolutionLayer(layout, name + ".conv1", inputs, outputs, 3, stride));
    norm1 = addChildBlock("bn1", new BatchNormLayer(layout, name + ".bn1", outputs));
    convolution2 =
        addChildBlock(
            "conv2", new ConvolutionLayer(layout, name + ".conv2", outputs, outputs, 3, 1));
    norm2 = addChildBlock("bn2", new BatchNormLayer(layout, name + ".bn2", outputs));
    if (stride == 1 && inputs == outputs) {
      shortcut = null;
      shortcutNorm = null;
    } else {
      shortcut =
          addChildBlock(
              "downsample",
              new ConvolutionLayer(layout, name + ".downsample.0", inputs, outputs, 1, stride));
      shortcutNorm =
          addChildBlock(
              "downsampleNorm", new BatchNormLayer(layout, name + ".downsample.1", outputs));
    }
  }

  @Override
  public NDArray forward(
      ParameterStore store,
      NDArray input,
      boolean training,
      @Nullable PairList<String, Object> options) {
    NDArray x = convolution1.forward(store, input, training, options);
    x = Activation.relu(norm1.forward(store, x, training, options));
    x = convolution2.forward(store, x, training, options);
    x = norm2.forward(store, x, training, options);
    NDArray identity = input;
    if (shortcut != null && shortcutNorm != null) {
      identity = shortcut.forward(store, input, training, options);
      identity = shortcutNorm.forward(store, identity, training, options);
    }
    return Activation.relu(x.add(identity));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return convolution1.getOutputShapes(inputShapes);
  }
}
