package dev.terrain.surface;

import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Some of the d components of θ, in their order: those of whole parameter arrays of a network. With
 * P the k x d matrix that selects them, {@link #restrict} is P x and {@link #extend} is P'y.
 */
public final class ParameterSubset {
  private final String name;
  private final int dimension;
  private final int[] starts;
  private final int[] sizes;

  private ParameterSubset(String name, int dimension, int[] starts, int[] sizes) {
    this.name = name;
    this.dimension = dimension;
    this.starts = starts;
    this.sizes = sizes;
  }

  /**
   * All components of θ.
   *
   * @param dimension d, at least 1
   */
  public static ParameterSubset whole(int dimension) {
    return new ParameterSubset("whole", dimension, new int[] {0}, new int[] {dimension});
  }

  /**
   * The components of the arrays that are named, each once.
   *
   * @param names of arrays, such as {@code fc.weight}, or of what contains them, such as {@code fc}
   *     or {@code layer1.0}; at least one
   * @throws IllegalArgumentException if there is no name, or one matches no array
   */
  public static ParameterSubset named(Network network, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("names must hold at least one name of a parameter array");
    }
    for (String name : names) {
      if (network.parameters().stream().noneMatch(slot -> matches(slot, name))) {
        throw new IllegalArgumentException(
            "name ("
                + name
                + ") must be that of a parameter array or of a layer; arrays are "
                + network.parameters().stream().map(ParameterSlot::name).toList());
      }
    }
    List<ParameterSlot> slots =
        network.parameters().stream()
            .filter(slot -> Arrays.stream(names).anyMatch(name -> matches(slot, name)))
            .toList();
    return new ParameterSubset(
        String.join("+", names),
        network.dimension(),
        slots.stream().mapToInt(ParameterSlot::offset).toArray(),
        slots.stream().mapToInt(ParameterSlot::size).toArray());
  }

  /** One subset for each layer (the arrays whose names differ in the last part only), in order. */
  public static List<ParameterSubset> layers(Network network) {
    Set<String> names = new LinkedHashSet<>();
    for (ParameterSlot slot : network.parameters()) {
      int dot = slot.name().lastIndexOf('.');
      names.add(dot < 0 ? slot.name() : slot.name().substring(0, dot));
    }
    return names.stream().map(name -> named(network, name)).toList();
  }

  private static boolean matches(ParameterSlot slot, String name) {
    return slot.name().equals(name) || slot.name().startsWith(name + ".");
  }

  /** What it was asked for by: the names, joined by +, or {@code whole}. */
  public String name() {
    return name;
  }

  /** The dimension d of θ. */
  public int dimension() {
    return dimension;
  }

  /** The number k of components in the subset. */
  public int size() {
    return Arrays.stream(sizes).sum();
  }

  /** Whether the subset holds the components of an array of the network that it was made for. */
  public boolean contains(ParameterSlot slot) {
    for (int i = 0; i < starts.length; i++) {
      if (slot.offset() >= starts[i] && slot.offset() < starts[i] + sizes[i]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The subset's components of a vector.
   *
   * @param vector of length d
   * @return a new vector of length k
   */
  public double[] restrict(double[] vector) {
    double[] part = new double[size()];
    int next = 0;
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(vector, starts[i], part, next, sizes[i]);
      next += sizes[i];
    }
    return part;
  }

  /**
   * The vector with these components in the subset and 0 elsewhere.
   *
   * @param part of length k
   * @return a new vector of length d
   */
  public double[] extend(double[] part) {
    double[] vector = new double[dimension];
    int next = 0;
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(part, next, vector, starts[i], sizes[i]);
      next += sizes[i];
    }
    return vector;
  }

  @Override
  public String toString() {
    return name + " (" + size() + " of " + dimension + ")";
  }
}
