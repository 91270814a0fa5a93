package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;

/**
 * A cell among cells that differ in one setting.
 *
 * @param value of that setting
 */
record Rung(PhasedDiagram diagram, DiagramCell cell, double value) {
  boolean isConverged() {
    return Boolean.TRUE.equals(diagram.isConverged(cell));
  }

  boolean isConnected() {
    return Boolean.TRUE.equals(diagram.isConnected(cell));
  }
}
