package dev.terrain.model;

/** y = x Wᵀ + b: (n, inputs) to (n, outputs). */
public final class LinearLayer implements Layer {
  private final ParameterSlot weight;
  private final ParameterSlot bias;

  /**
   * @param name of its arrays, without the last part
   * @param inputs numbers that it reads
   * @param outputs numbers that it makes
   */
  public LinearLayer(ParameterLayout layout, String name, int inputs, int outputs) {
    weight = layout.uniform(name + ".weight", inputs, outputs, inputs);
    bias = layout.uniform(name + ".bias", inputs, outputs);
  }

  @Override
  public Value forward(Pass pass, Value input) {
    return pass.linear(input, pass.array(weight), pass.array(bias));
  }
}
