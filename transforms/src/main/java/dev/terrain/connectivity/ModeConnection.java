package dev.terrain.connectivity;

import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.ConnectivitySettings;
import org.jspecify.annotations.Nullable;

/**
 * How two trained models are connected.
 *
 * @param bezier evaluation of the fitted curve
 * @param linear evaluation of the straight line; its ends are those of the curve
 * @param modeConnectivity the study's signed mode connectivity of the curve, in percent
 * @param frankleBarrier error barrier of the line, in percent
 * @param entezariBarrier loss barrier of the line, in nats
 * @param endpointDeviation largest difference, over the two ends, between the training error on the
 *     path and that of the model with the statistics it was stored with, in percentage points;
 *     above 0 only where batch norm is re-estimated
 * @param gradients gradients of a mini-batch spent on the fit
 */
public record ModeConnection(
    PathEvaluation bezier,
    PathEvaluation linear,
    PathDeviation modeConnectivity,
    PathDeviation frankleBarrier,
    PathDeviation entezariBarrier,
    double endpointDeviation,
    long gradients) {

  /**
   * Fits the curve from {@code a} (t = 0) to {@code b} (t = 1) and evaluates it and the straight
   * line.
   *
   * @param train training loss, on which the curve is fitted
   * @param test test loss of the same network
   * @param dataFraction share of the training set that {@code train} holds, in (0, 1]
   * @param randomInitialisation where the control point starts with the variant {@code paper}: a
   *     random initialisation of the network, length d; null with the variant {@code default},
   *     where it starts midway between the ends
   * @param id names the pair: it keys the random choices
   * @param progress keeps the state of the fit
   * @throws IllegalArgumentException if a vector has the wrong length, or the initialisation is
   *     given or missing against the variant
   * @throws ArithmeticException if the fit diverges or a loss on a path is not finite
   * @throws IllegalStateException if an end of the path has another error than the model it should
   *     be, in a network without batch norm
   */
  public static ModeConnection measure(
      LossSurface train,
      LossSurface test,
      Weights a,
      Weights b,
      ConnectivitySettings settings,
      double dataFraction,
      double @Nullable [] randomInitialisation,
      String id,
      FitProgress progress) {
    requireDimension(train, a.theta(), "the model at t = 0");
    requireDimension(train, b.theta(), "the model at t = 1");
    BezierCurve initial = initialCurve(train, a, b, settings, randomInitialisation);
    FittedCurve fitted = new BezierFit(train, settings, dataFraction, id).fit(initial, progress);
    BezierCurve curve = fitted.curve();

    PathEvaluator evaluator = new PathEvaluator(train, test);
    PathPoint start = evaluator.evaluate(curve.at(0));
    PathPoint end = evaluator.evaluate(curve.at(1));
    double deviation =
        Math.max(endpointDeviation(train, a, start, 0), endpointDeviation(train, b, end, 1));
    PathEvaluation bezier = evaluator.along(curve, settings.getPoints(), start, end);
    PathEvaluation linear =
        evaluator.along(
            new LinearPath(a.theta(), b.theta()), settings.getLinearPoints(), start, end);
    return new ModeConnection(
        bezier,
        linear,
        ModeConnectivity.of(bezier),
        LinearBarrier.frankle(linear),
        LinearBarrier.entezari(linear),
        deviation,
        fitted.gradients());
  }

  private static BezierCurve initialCurve(
      LossSurface train,
      Weights a,
      Weights b,
      ConnectivitySettings settings,
      double @Nullable [] randomInitialisation) {
    boolean random = settings.getVariant().equals("paper");
    if (random != (randomInitialisation != null)) {
      throw new IllegalArgumentException(
          "variant "
              + settings.getVariant()
              + (random ? " needs a" : " takes no")
              + " random initialisation of the control point");
    }
    if (!random || randomInitialisation == null) {
      return BezierCurve.straight(a.theta(), b.theta());
    }
    requireDimension(train, randomInitialisation, "the random initialisation");
    return new BezierCurve(a.theta(), randomInitialisation, b.theta());
  }

  private static double endpointDeviation(
      LossSurface train, Weights model, PathPoint point, int t) {
    double stored = train.evaluate(model).error();
    double onPath = point.train().error();
    double deviation = Math.abs(onPath - stored);
    if (model.statistics().length == 0 && deviation > 0) {
      throw new IllegalStateException(
          "the path at t = "
              + t
              + " has a training error of "
              + onPath
              + " percent, but the model there has "
              + stored
              + "; without batch norm they must be equal");
    }
    return deviation;
  }

  private static void requireDimension(LossSurface surface, double[] theta, String what) {
    if (theta.length != surface.dimension()) {
      throw new IllegalArgumentException(
          what + " has " + theta.length + " parameters; the network has " + surface.dimension());
    }
  }
}
