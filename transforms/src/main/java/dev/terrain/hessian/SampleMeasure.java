package dev.terrain.hessian;

/** What was measured of a curvature matrix over one sample of images. */
public interface SampleMeasure {
  /** Products that it took. */
  long products();

  /**
   * Whether all that it rests on beside the sample is as accurate as asked for, and the error that
   * the sample gives it is above {@code relativeError}.
   *
   * @param dimension of the matrix
   */
  boolean isLimitedBySample(int dimension, double relativeError);
}
