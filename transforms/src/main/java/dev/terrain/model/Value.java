package dev.terrain.model;

/**
 * An array that a {@link Pass} computes: the name of a variable of its script.
 *
 * @param name of the variable
 */
public record Value(String name) {
  @Override
  public String toString() {
    return name;
  }
}
