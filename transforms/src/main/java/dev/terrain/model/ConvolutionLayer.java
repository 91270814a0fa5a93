package dev.terrain.model;

/**
 * A square convolution without bias: (n, inputs, h, w) to (n, outputs, h', w'), zero-padded to keep
 * size at stride 1.
 */
public final class ConvolutionLayer implements Layer {
  private final int stride;
  private final int padding;
  private final ParameterSlot weight;

  /**
   * @param name of its array, without the last part
   * @param inputs channels that it reads
   * @param outputs channels that it makes
   * @param kernel rows and columns of the kernel, odd
   * @param stride pixels from one place of the kernel to the next
   */
  public ConvolutionLayer(
      ParameterLayout layout, String name, int inputs, int outputs, int kernel, int stride) {
    this.stride = stride;
    this.padding = kernel / 2;
    weight =
        layout.uniform(name + ".weight", inputs * kernel * kernel, outputs, inputs, kernel, kernel);
  }

  @Override
  public Value forward(Pass pass, Value input) {
    return pass.convolution(input, pass.array(weight), stride, padding);
  }
}
