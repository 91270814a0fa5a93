package dev.terrain.connectivity;

/**
 * The study's signed mode connectivity (equation 4) in percent of training error:
 *
 * <p>mc = ½(E(0) + E(1)) - E(t*), t* = argmax_t |½(E(0) + E(1)) - E(t)|,
 *
 * <p>over the evaluated points of a fitted curve, its ends included, the first of equals. Negative:
 * a barrier. About 0: well connected. Positive: the curve found a lower error than its ends, which
 * were not trained to convergence.
 */
public final class ModeConnectivity {
  private ModeConnectivity() {}

  /** Mode connectivity along an evaluated curve, in [-100, 100]. */
  public static PathDeviation of(PathEvaluation curve) {
    ErrorExcess excess = new ErrorExcess(curve);
    return excess.at(excess.argmax(Math::abs), -1);
  }
}
