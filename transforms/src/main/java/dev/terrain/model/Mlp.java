package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A multi-layer perceptron: linear layers {@code fc1 … fcL} with ReLU between them, on flattened
 * images.
 */
final class Mlp extends FlatBlock {
  private final int classes;
  private final List<LinearLayer> layers = new ArrayList<>();

  Mlp(ParameterLayout layout, ImageShape shape, List<Integer> hiddenWidths) {
    classes = shape.classes();
    int inputs = shape.pixels();
    List<Integer> widths = new ArrayList<>(hiddenWidths);
    widths.add(classes);
    for (int width : widths) {
      String name = "fc" + (layers.size() + 1);
      layers.add(addChildBlock(name, new LinearLayer(layout, name, inputs, width)));
      inputs = width;
    }
  }

  @Override
  NDArray forward(
      ParameterStore store, NDArray input, boolean training, PairList<String, Object> options) {
    NDArray x = input.reshape(input.getShape().get(0), -1);
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).forward(store, i == 0 ? x : Activation.relu(x), training, options);
    }
    return x;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
  }
}
