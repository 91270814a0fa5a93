package dev.terrain.taxonomy.boundary;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Square grids whose boundaries are known: width 1, √2, 2 … and batch size 16, 16√2, 32 …. */
final class SyntheticGrids {
  private SyntheticGrids() {}

  /** A function of the position whose zero level is the boundary, positive on the positive side. */
  interface Truth {
    double at(double column, double row);
  }

  /**
   * Training losses and mode connectivities on both sides of their thresholds, 0.01 nats and -1
   * percent: ln loss = ln 0.01 − converged − noise, mc = −1 + connected + noise.
   */
  static PhasedDiagram of(
      int size, Truth converged, Truth connected, double noise, String id, long seed) {
    CounterRandom random = CounterRandom.of(id, "noise", seed);
    List<Diagram.Entry> entries = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double loss = converged.at(column, row) + noise * random.nextGaussian();
        double connectivity = connected.at(column, row) + noise * random.nextGaussian();
        entries.add(
            new Diagram.Entry(
                column + "-" + row,
                width(column),
                batch(row),
                Map.of(
                    "train_loss", CellValue.of(0.01 * Math.exp(-loss)),
                    "mode_connectivity", CellValue.of(connectivity - 1),
                    "cka", CellValue.of(0.5))));
      }
    }
    return phased(size, entries);
  }

  /** Entries in the grid of a size, with the default thresholds. */
  static PhasedDiagram phased(int size, List<Diagram.Entry> entries) {
    return new PhasedDiagram(
        Diagram.of(
            "",
            new DiagramAxis("width", axis(size, SyntheticGrids::width), false),
            new DiagramAxis("batch_size", axis(size, SyntheticGrids::batch), false),
            entries),
        TaxonomySettings.newBuilder().build());
  }

  static double width(double column) {
    return Math.pow(2, column / 2);
  }

  static double batch(double row) {
    return 16 * Math.pow(2, row / 2);
  }

  private static List<Double> axis(int size, DoubleUnaryOperator value) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(value.applyAsDouble(i));
    }
    return values;
  }
}
