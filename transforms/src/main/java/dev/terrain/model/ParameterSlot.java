package dev.terrain.model;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The place of one parameter array in a flat vector: elements {@code [offset, offset + size)}, in
 * row-major order.
 *
 * @param name the array's name in PyTorch's convention, such as {@code layer1.0.conv1.weight}
 * @param shape the array's shape in PyTorch's layout
 * @param offset first element in the flat vector
 * @param start where training starts
 * @param bound half width of the uniform initial distribution; 0 where {@code start} is a constant
 */
public record ParameterSlot(String name, Shape shape, int offset, Start start, double bound) {

  /** Where training starts: PyTorch's default of the layer. */
  public enum Start {
    /**
     * Uniform in ±{@code bound}, bound = 1/sqrt(inputs of a unit): weights and biases of linear and
     * convolution layers.
     */
    UNIFORM,
    /** All ones: scales and variances of batch norm. */
    ONE,
    /** All zeros: shifts and means of batch norm. */
    ZERO
  }

  /** The array's lengths in PyTorch's layout, such as (outputs, inputs) of a linear layer. */
  public int[] lengths() {
    return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
  }

  /** Elements of the array. */
  public int size() {
    return Math.toIntExact(shape.size());
  }
}
