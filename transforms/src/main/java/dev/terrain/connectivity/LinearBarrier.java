package dev.terrain.connectivity;

import dev.terrain.surface.Evaluation;

/** The height of the barrier on the straight line between two models, in the two usual senses. */
public final class LinearBarrier {
  private LinearBarrier() {}

  /**
   * max_t E(t) - ½(E(0) + E(1)) of the training error, in percent (Frankle, Dziugaite, Roy and
   * Carbin: Linear mode connectivity and the lottery ticket hypothesis, 2020, section 2). Since the
   * ends take part, it is at least ½|E(0) - E(1)|.
   */
  public static PathDeviation frankle(PathEvaluation line) {
    ErrorExcess excess = new ErrorExcess(line);
    return excess.at(excess.argmax(halfImages -> halfImages), 1);
  }

  /**
   * max_t [L(t) - (1 - t) L(0) - t L(1)] of the mean training loss, in nats (Entezari, Sedghi,
   * Saukh and Neyshabur: The role of permutation invariance in linear mode connectivity, 2022,
   * definition 2.1). The ends, where it is 0 by definition, do not take part: so a loss that is
   * convex on the line gives a negative barrier rather than 0.
   */
  public static PathDeviation entezari(PathEvaluation line) {
    int best = 1;
    for (int i = 2; i < line.points().size() - 1; i++) {
      if (excess(line, i) > excess(line, best)) {
        best = i;
      }
    }
    double t = line.positions()[best];
    double[] start = line.first().train().losses();
    double[] middle = line.points().get(best).train().losses();
    double[] end = line.last().train().losses();
    double[] contributions = new double[middle.length];
    for (int image = 0; image < middle.length; image++) {
      contributions[image] = middle[image] - (1 - t) * start[image] - t * end[image];
    }
    return PathDeviation.at(t, excess(line, best), contributions);
  }

  private static double excess(PathEvaluation line, int index) {
    double t = line.positions()[index];
    Evaluation train = line.points().get(index).train();
    return train.loss() - (1 - t) * line.first().train().loss() - t * line.last().train().loss();
  }
}
