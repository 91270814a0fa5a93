package dev.terrain.taxonomy;

/**
 * The phases of the study's taxonomy of loss landscapes (Yang et al.: Taxonomizing local versus
 * global structure in neural network loss landscapes, 2021, section 3.1).
 */
public enum Phase {
  /** High training loss, negative mode connectivity: underfitted and undersized. */
  I("I"),
  /** High training loss, positive mode connectivity: underfitted. */
  II("II"),
  /** Low training loss, negative mode connectivity: undersized. */
  III("III"),
  /** Low training loss, connected, models that differ in function. */
  IV_A("IV-A"),
  /** Low training loss, connected, models that agree: the best test accuracy. */
  IV_B("IV-B");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** The phase as tables and reports write it, such as {@code IV-A}. */
  public String label() {
    return label;
  }
}
