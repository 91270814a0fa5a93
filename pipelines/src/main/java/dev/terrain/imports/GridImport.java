package dev.terrain.imports;

import dev.terrain.ledger.TablesLease;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.PlanFiles;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SweepFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns somebody else's grid, a table in CSV, into a study of cells: {@code imported.json} in the
 * place of a plan, and tables as a run writes them. A mapping in YAML says what the columns mean;
 * nothing is guessed.
 */
public final class GridImport {
  private static final List<String> OF_RUNS = List.of("models/", "ledger/");

  private final ObjectStore store;

  /** An import into a study, which may be empty or hold an earlier import. */
  public GridImport(ObjectStore store) {
    this.store = store;
  }

  /**
   * Imports a grid. Nothing is written before all of it was read.
   *
   * @param grid a path or a {@code gs://} address
   * @param mapping the same of the mapping file
   * @throws IllegalArgumentException if the folder holds anything but an import
   * @throws InvalidSweepException if the mapping is wrong, or names columns that the grid lacks,
   *     with all places in it
   * @throws InvalidGridException if the grid is not what the mapping says, with the line and column
   * @throws FileNotFoundException if there is no such file
   */
  public ImportSummary run(String grid, String mapping) throws IOException {
    checkFolder();
    InputFile mappingFile = new InputFile(mapping);
    Mapping read =
        MappingReader.read(
            mappingFile.text(SweepFile.MAX_BYTES),
            mapping,
            SweepFile.defaultName(mappingFile.name()));
    InputFile gridFile = new InputFile(grid);
    return write(Grid.read(gridFile, read), gridFile.name());
  }

  private void checkFolder() throws IOException {
    Optional<String> plan = new PlanFiles(store).currentName();
    if (plan.isPresent()) {
      throw refused("holds " + plan.get() + ", so it is a study of runs");
    }
    for (String folder : OF_RUNS) {
      if (!store.list(folder).isEmpty()) {
        throw refused("holds " + folder + ", so runs were computed in it");
      }
    }
    if (!store.exists(ImportedStudy.NAME) && !store.list("tables/").isEmpty()) {
      throw refused("holds tables that are no import");
    }
  }

  private IllegalArgumentException refused(String why) {
    String folder = store.uri("x");
    return new IllegalArgumentException(
        folder.substring(0, folder.length() - 2)
            + " "
            + why
            + "; an import needs an empty folder, or that of an earlier import");
  }

  private ImportSummary write(Grid grid, String file) throws IOException {
    Mapping mapping = grid.mapping();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    List<GridCell> cells = grid.cells();
    CellValues values = new CellValues(mapping, cells.stream().map(GridCell::rows).toList());
    CellRows rows = new CellRows(mapping, values, now);
    boolean ofRuns = mapping.row() != RowKind.CELL;
    ImportNotes sentences = new ImportNotes(grid);
    ImportedStudy study =
        new ImportedStudy(
            mapping.name(),
            mapping.source(),
            file,
            grid.sha256(),
            grid.rows(),
            mapping.row().word(),
            sentences.conversions(),
            sentences.notes(rows, values),
            grid.reader().load().axis(),
            mapping.load().rises(),
            grid.reader().temperature().axis(),
            mapping.temperature().rises(),
            grid.reader().others().stream().map(GridAxis::axis).toList(),
            ofRuns
                ? cells.stream().mapToInt(cell -> cell.rows().size()).max().orElse(0)
                : mapping.runsPerCell(),
            mapping.taxonomy(),
            now);
    try (TablesLease lease = TablesLease.await(store)) {
      new ImportedTables(store)
          .write(
              lease,
              study,
              cells,
              rows,
              ofRuns ? Optional.of(new RunRows(mapping, grid.sha256(), now)) : Optional.empty());
    }
    return new ImportSummary(
        study.name(),
        grid.rows(),
        ofRuns ? grid.kept() : 0,
        cells.size(),
        (int) cells.stream().map(cell -> cell.identity().slice()).distinct().count(),
        phases(cells, rows),
        study.conversions(),
        study.notes());
  }

  private static SortedMap<String, Integer> phases(List<GridCell> cells, CellRows rows) {
    SortedMap<String, Integer> phases = new TreeMap<>();
    for (GridCell cell : cells) {
      phases.merge(Objects.requireNonNullElse(rows.cell(cell).getPhase(), "none"), 1, Integer::sum);
    }
    return phases;
  }
}
