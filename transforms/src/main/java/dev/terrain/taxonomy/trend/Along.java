package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The axis along which cells follow one another, the other one being held. */
public enum Along {
  /** Rows: the load changes. */
  LOAD,
  /** Columns: the temperature changes. */
  TEMPERATURE;

  /** The axis that changes. */
  public DiagramAxis axis(Diagram diagram) {
    return this == LOAD ? diagram.load() : diagram.temperature();
  }

  /** The axis that is held. */
  public DiagramAxis held(Diagram diagram) {
    return this == LOAD ? diagram.temperature() : diagram.load();
  }

  /** The value of a cell on the axis that changes. */
  public double value(DiagramCell cell) {
    return this == LOAD ? cell.load() : cell.temperature();
  }

  /** The value of a cell on the axis that is held. */
  public double held(DiagramCell cell) {
    return this == LOAD ? cell.temperature() : cell.load();
  }

  /**
   * For each value of the held axis, ascending, the cells that have a metric, by ascending value of
   * the axis that changes.
   */
  public List<List<DiagramCell>> lines(Diagram diagram, String metric) {
    List<List<DiagramCell>> lines = new ArrayList<>();
    for (int i = 0; i < held(diagram).size(); i++) {
      List<DiagramCell> line = new ArrayList<>();
      for (int j = 0; j < axis(diagram).size(); j++) {
        Optional<DiagramCell> cell = this == LOAD ? diagram.at(j, i) : diagram.at(i, j);
        cell.filter(it -> it.values().containsKey(metric)).ifPresent(line::add);
      }
      lines.add(line);
    }
    return lines;
  }
}
