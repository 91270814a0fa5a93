package dev.terrain.taxonomy.diagram;

import java.util.List;
import java.util.Set;

/**
 * One axis of a phase diagram.
 *
 * @param setting name of the setting that varies
 * @param values its values, ascending, each once
 * @param rises whether load or temperature rises with the value: false for a width or a batch size
 */
public record DiagramAxis(String setting, List<Double> values, boolean rises) {
  /** Largest over smallest value from which on an axis of positive values is a logarithmic one. */
  private static final double LOGARITHMIC_FROM = 4;

  /** More of these settings is more capacity, so less load. */
  private static final Set<String> CAPACITIES = Set.of("width", "depth");

  /** More of these settings is less noise of training, so colder. */
  private static final Set<String> COOLERS = Set.of("batch_size", "epochs");

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if they are not finite and ascending
   */
  public DiagramAxis {
    values = List.copyOf(values);
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.get(i)) || (i > 0 && !(values.get(i - 1) < values.get(i)))) {
        throw new IllegalArgumentException(
            setting + ": values " + values + " are not finite and ascending");
      }
    }
  }

  /**
   * The load-like axis of a setting of ours: load falls with a width or depth, rises with others.
   */
  public static DiagramAxis load(String setting, List<Double> values) {
    return new DiagramAxis(setting, values, !CAPACITIES.contains(setting));
  }

  /**
   * The temperature-like axis of a setting of ours: temperature falls with a batch size or a number
   * of epochs, rises with others.
   */
  public static DiagramAxis temperature(String setting, List<Double> values) {
    return new DiagramAxis(setting, values, !COOLERS.contains(setting));
  }

  /** Number of values. */
  public int size() {
    return values.size();
  }

  /**
   * Whether coordinates are log₂: all values positive, the largest at least 4 times the smallest.
   */
  public boolean isLogarithmic() {
    return !values.isEmpty()
        && values.get(0) > 0
        && values.get(size() - 1) >= LOGARITHMIC_FROM * values.get(0);
  }

  /** log₂ of a value on a logarithmic axis, else the value. */
  public double coordinate(double value) {
    return isLogarithmic() ? Math.log(value) / Math.log(2) : value;
  }

  /** The value of a coordinate. */
  public double value(double coordinate) {
    return isLogarithmic() ? Math.pow(2, coordinate) : coordinate;
  }

  /**
   * Where a coordinate lies between the values, counted in them from 0: 2.5 is half-way from the
   * third to the fourth; beyond the ends by the step there.
   */
  public double position(double coordinate) {
    if (size() < 2) {
      return 0;
    }
    int i = 0;
    while (i < size() - 2 && coordinate > coordinate(values.get(i + 1))) {
      i++;
    }
    double low = coordinate(values.get(i));
    return i + (coordinate - low) / (coordinate(values.get(i + 1)) - low);
  }

  /** Inverse of {@link #position}. */
  public double coordinateAt(double position) {
    if (size() < 2) {
      return coordinate(values.get(0));
    }
    int i = (int) Math.min(Math.max(Math.floor(position), 0), size() - 2);
    double low = coordinate(values.get(i));
    return low + (position - i) * (coordinate(values.get(i + 1)) - low);
  }
}
