package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.DiagramCell;
import org.jspecify.annotations.Nullable;

/**
 * The deepest dip of test accuracy in one row or column: a cell with a higher one on either side.
 *
 * @param along the axis along which accuracy falls and rises again
 * @param held value of the other axis
 * @param before the best cell before the bottom
 * @param bottom the cell with the lower accuracy
 * @param after the best cell after it
 * @param size the smaller of the two rises, in points of accuracy, above 0
 * @param error standard error of that rise from the seeds; null if the error of a cell is not known
 * @param noise what the dip of a line without any would reach by the noise of its seeds
 */
public record Dip(
    Along along,
    double held,
    DiagramCell before,
    DiagramCell bottom,
    DiagramCell after,
    double size,
    @Nullable Double error,
    SeedNoise noise) {

  /** Whether noise does not explain it. */
  public boolean isBeyondNoise() {
    return size >= noise.points();
  }
}
