/**
 * What the measurements of a cell's models say together: means, deviations and the cell's phase in
 * the taxonomy. Start with {@link dev.terrain.taxonomy.CellSummary}.
 */
package dev.terrain.taxonomy;
