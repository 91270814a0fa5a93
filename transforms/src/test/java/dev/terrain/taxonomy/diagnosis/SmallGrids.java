package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grids of a few cells over width and batch size, each cell given as a map of its metrics. */
final class SmallGrids {
  private SmallGrids() {}

  /** Metrics of a cell with a training loss, a mode connectivity, a CKA and a test accuracy. */
  static Map<String, CellValue> cell(double loss, double connectivity, double accuracy) {
    Map<String, CellValue> values = new HashMap<>();
    values.put("train_loss", CellValue.of(loss));
    values.put("mode_connectivity", CellValue.of(connectivity));
    values.put("cka", CellValue.of(0.7));
    values.put("test_accuracy", CellValue.of(accuracy));
    return values;
  }

  /** Rows are batch sizes 16, 32, 64 …, columns widths 4, 8 …; ids are {@code row.column}. */
  static PhasedDiagram of(String name, List<List<Map<String, CellValue>>> rows) {
    List<Diagram.Entry> entries = new ArrayList<>();
    List<Double> batches = new ArrayList<>();
    List<Double> widths = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      batches.add(16.0 * (1 << row));
      for (int column = 0; column < rows.get(row).size(); column++) {
        double width = 4.0 * (1 << column);
        if (!widths.contains(width)) {
          widths.add(width);
        }
        entries.add(
            new Diagram.Entry(
                name + row + "." + column, width, batches.get(row), rows.get(row).get(column)));
      }
    }
    return new PhasedDiagram(
        Diagram.of(
            name,
            new DiagramAxis("width", widths, false),
            new DiagramAxis("batch_size", batches, false),
            entries),
        TaxonomySettings.newBuilder().build());
  }

  /** A copy of a cell without a metric. */
  static Map<String, CellValue> without(String metric, Map<String, CellValue> cell) {
    Map<String, CellValue> rest = new HashMap<>(cell);
    rest.remove(metric);
    return rest;
  }

  /** A copy of a cell with the standard error of its accuracy. */
  static Map<String, CellValue> withError(double error, Map<String, CellValue> cell) {
    Map<String, CellValue> copy = new HashMap<>(cell);
    double accuracy = copy.getOrDefault("test_accuracy", CellValue.of(0)).mean();
    copy.put("test_accuracy", new CellValue(accuracy, 5, error * Math.sqrt(5), error));
    return copy;
  }
}
