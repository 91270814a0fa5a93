package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A square convolution without bias: (n, inputs, h, w) to (n, outputs, h', w'), zero-padded to keep
 * size at stride 1.
 */
public final class ConvolutionLayer extends FlatBlock {
  private final int outputs;
  private final int stride;
  private final int padding;
  private final int kernel;
  private final Parameter weight;

  /**
   * @param name of its array, without the last part
   * @param inputs channels that it reads
   * @param outputs channels that it makes
   * @param kernel rows and columns of the kernel, odd
   * @param stride pixels from one place of the kernel to the next
   */
  public ConvolutionLayer(
      ParameterLayout layout, String name, int inputs, int outputs, int kernel, int stride) {
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = kernel / 2;
    weight =
        addParameter(
            layout.uniform(
                name + ".weight",
                Parameter.Type.WEIGHT,
                new Shape(outputs, inputs, kernel, kernel),
                inputs * kernel * kernel));
  }

  @Override
  public NDArray forward(
      ParameterStore store,
      NDArray input,
      boolean training,
      @Nullable PairList<String, Object> options) {
    return Conv2d.conv2d(
            input,
            store.getValue(weight, input.getDevice(), training),
            null,
            new Shape(stride, stride),
            new Shape(padding, padding))
        .singletonOrThrow();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    return new Shape[] {
      new Shape(input.get(0), outputs, outputSize(input.get(2)), outputSize(input.get(3)))
    };
  }

  private long outputSize(long size) {
    return (size + 2L * padding - kernel) / stride + 1;
  }
}
