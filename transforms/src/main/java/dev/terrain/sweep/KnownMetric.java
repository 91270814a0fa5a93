package dev.terrain.sweep;

/**
 * One definition of a metric that checks of a sweep file can name.
 *
 * @param name of the metric
 * @param variant which definition
 * @param min least value that it can have; infinite if there is none
 * @param max largest value that it can have; infinite if there is none
 */
public record KnownMetric(String name, String variant, double min, double max) {
  /** Whether some numbers lie outside of its range. */
  boolean isBounded() {
    return Double.isFinite(min) || Double.isFinite(max);
  }
}
