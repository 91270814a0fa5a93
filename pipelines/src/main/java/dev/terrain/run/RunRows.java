package dev.terrain.run;

import dev.terrain.tables.TableReader;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.util.List;

/**
 * Rows of a run's own tables that it tells of at its end; by then the study's tables may be those
 * of another run.
 *
 * @param cells rows of the table of cells
 * @param failures rows of the table of failures
 */
public record RunRows(List<Cell> cells, List<Failure> failures) {
  /** No rows. */
  static final RunRows NONE = new RunRows(List.of(), List.of());

  /** Those of some tables. */
  static RunRows of(TableReader tables) throws IOException {
    return new RunRows(tables.read(Cell.class), tables.read(Failure.class));
  }
}
