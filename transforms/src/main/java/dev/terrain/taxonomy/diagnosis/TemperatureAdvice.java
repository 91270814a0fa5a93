package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.DiagramAxis;

/** Which way to turn the temperature of training, the noise of its steps. */
public enum TemperatureAdvice {
  /** The cell is too cold: more noise, such as a smaller batch. */
  HOTTER,
  /** The cell is too hot: less noise, such as a larger batch. */
  COLDER,
  /** Neither can be told. */
  NOT_DECIDABLE;

  /** The other way; undecided stays undecided. */
  public TemperatureAdvice opposite() {
    return switch (this) {
      case HOTTER -> COLDER;
      case COLDER -> HOTTER;
      case NOT_DECIDABLE -> NOT_DECIDABLE;
    };
  }

  /** How the value of a temperature setting changes: {@code larger} or {@code smaller}. */
  String change(DiagramAxis temperature) {
    return temperature.rises() == (this == HOTTER) ? "larger" : "smaller";
  }
}
