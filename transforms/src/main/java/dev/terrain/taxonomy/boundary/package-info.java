/**
 * Where the phases of a diagram meet: thresholds from gaps in the data, brackets, straight lines,
 * curves with bands, the triple point, and how far boundaries move between diagrams.
 */
@NullMarked
package dev.terrain.taxonomy.boundary;

import org.jspecify.annotations.NullMarked;
