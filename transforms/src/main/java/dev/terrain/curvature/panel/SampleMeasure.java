package dev.terrain.curvature.panel;

/** What was measured of a curvature matrix over one sample of images. */
interface SampleMeasure<M> {
  /** Products that it took. */
  long products();

  /**
   * Whether the values for which the sample grows are as accurate as asked for but for the sample,
   * which is too small for them.
   */
  boolean isLimitedBy(SampleLimit limit);

  /** The same, values not converged for which the sample is too small. */
  M heldTo(SampleLimit limit);
}
