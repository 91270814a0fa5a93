package dev.terrain.model;

import org.jspecify.annotations.Nullable;

/**
 * A basic residual block (He, Zhang, Ren, Sun 2016): y = ReLU(x' + F(x)), F two 3x3 convolutions
 * with batch norm, x' = x or a 1x1 convolution with batch norm where the shape changes.
 */
final class ResidualBlock implements Layer {
  private final ConvolutionLayer convolution1;
  private final BatchNormLayer norm1;
  private final ConvolutionLayer convolution2;
  private final BatchNormLayer norm2;
  private final @Nullable ConvolutionLayer shortcut;
  private final @Nullable BatchNormLayer shortcutNorm;

  ResidualBlock(ParameterLayout layout, String name, int inputs, int outputs, int stride) {
    convolution1 = new ConvolutionLayer(layout, name + ".conv1", inputs, outputs, 3, stride);
    norm1 = new BatchNormLayer(layout, name + ".bn1", outputs);
    convolution2 = new ConvolutionLayer(layout, name + ".conv2", outputs, outputs, 3, 1);
    norm2 = new BatchNormLayer(layout, name + ".bn2", outputs);
    if (stride == 1 && inputs == outputs) {
      shortcut = null;
      shortcutNorm = null;
    } else {
      shortcut = new ConvolutionLayer(layout, name + ".downsample.0", inputs, outputs, 1, stride);
      shortcutNorm = new BatchNormLayer(layout, name + ".downsample.1", outputs);
    }
  }

  @Override
  public Value forward(Pass pass, Value input) {
    Value x = pass.relu(norm1.forward(pass, convolution1.forward(pass, input)));
    x = norm2.forward(pass, convolution2.forward(pass, x));
    Value identity = input;
    if (shortcut != null && shortcutNorm != null) {
      identity = shortcutNorm.forward(pass, shortcut.forward(pass, input));
    }
    return pass.relu(pass.add(x, identity));
  }
}
