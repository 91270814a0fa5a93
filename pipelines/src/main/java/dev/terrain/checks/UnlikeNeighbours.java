package dev.terrain.checks;

import dev.terrain.diagrams.StudyDiagrams;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.tables.TableReader;
import dev.terrain.taxonomy.boundary.PhaseThresholds;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.neighbour.NeighbourCheck;
import dev.terrain.taxonomy.neighbour.NeighbourReport;
import dev.terrain.taxonomy.neighbour.SuspiciousCell;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.TaxonomySettings;
import java.io.IOException;
import java.util.List;

/**
 * Which cells depart from their neighbours in the phase diagram as faulty ones do: 1 for each of
 * them, 0 for the others that can be compared. Cells are compared within their phases, by the
 * thresholds that the data show or else the default ones.
 */
final class UnlikeNeighbours {
  private UnlikeNeighbours() {}

  static void examine(TableReader tables, Examination examination) throws IOException {
    List<Cell> cells = tables.read(Cell.class);
    if (cells.isEmpty()) {
      return;
    }
    Cell any = cells.get(0);
    List<Diagram> diagrams =
        new StudyDiagrams(
                MetricCatalogue.standard(),
                DiagramAxis.load(any.getLoadSetting(), List.of()),
                DiagramAxis.temperature(any.getTemperatureSetting(), List.of()))
            .of(cells, tables.read(CellMetric.class));
    TaxonomySettings thresholds =
        PhaseThresholds.of(diagrams, TaxonomySettings.newBuilder().build()).settings();
    NeighbourReport report =
        NeighbourCheck.of(
            diagrams.stream().map(diagram -> new PhasedDiagram(diagram, thresholds)).toList());
    for (SuspiciousCell cell : report.suspicious()) {
      examination.addVerdict(Subject.ofCell(cell.cellId()) + ": " + cell.why(), 1);
    }
    for (int i = report.suspicious().size(); i < report.compared(); i++) {
      examination.addVerdict("", 0);
    }
  }
}
