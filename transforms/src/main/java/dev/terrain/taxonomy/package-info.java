/**
 * What the measurements of a cell's models say together: means, deviations and the cell's phase in
 * the taxonomy. Start with {@link dev.terrain.taxonomy.CellSummary}.
 */
@NullMarked
package dev.terrain.taxonomy;

import org.jspecify.annotations.NullMarked;
