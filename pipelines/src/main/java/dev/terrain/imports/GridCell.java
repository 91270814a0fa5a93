package dev.terrain.imports;

import dev.terrain.taxonomy.CellIdentity;
import java.util.List;

/**
 * A cell of a grid.
 *
 * @param identity which cell it is
 * @param rows its rows: one, or one a run
 */
record GridCell(CellIdentity identity, List<GridRow> rows) {}
