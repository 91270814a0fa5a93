package dev.terrain.connectivity;

import dev.terrain.random.CounterRandom;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.v1.ConnectivitySettings;
import java.util.Arrays;

/**
 * Fits the control point c of a {@link BezierCurve} between two models: stochastic gradient descent
 * with momentum on E_t [L(γ(t)) + (w/2) ‖γ(t)‖²], t uniform on [0, 1), w the weight decay (Garipov
 * et al. 2018, section 3; the study, section 2).
 *
 * <p>Each step draws one t and takes the gradient g of one mini-batch in train mode; then ∂/∂c =
 * 2t(1 - t) (g + w γ(t)). The order of the images is drawn anew each epoch; the images that do not
 * fill a mini-batch at its end are left out. Length and learning rate: {@link FitSchedule}.
 */
public final class BezierFit {
  private final LossSurface surface;
  private final ConnectivitySettings settings;
  private final FitSchedule schedule;
  private final String id;

  /**
   * @param surface training loss
   * @param dataFraction share f of the training set that the surface holds, in (0, 1]; it prolongs
   *     the fit to epochs · ⌊10/f⌋ / 10
   * @param id keys the random streams "curve order" and "curve position", one of each an epoch
   * @throws IllegalArgumentException if {@code dataFraction} is out of its range
   */
  public BezierFit(
      LossSurface surface, ConnectivitySettings settings, double dataFraction, String id) {
    if (!(dataFraction > 0 && dataFraction <= 1)) {
      throw new IllegalArgumentException("dataFraction (" + dataFraction + ") must be in (0, 1]");
    }
    this.surface = surface;
    this.settings = settings;
    this.schedule = FitSchedule.of(settings.getEpochs(), dataFraction, settings.getLearningRate());
    this.id = id;
  }

  /**
   * Epochs that a fit takes on a share of the training set: the {@code epochs} of the settings,
   * prolonged so that the number of steps hardly depends on the share.
   *
   * @param dataFraction share f of the training set, in (0, 1]
   */
  public static long epochs(ConnectivitySettings settings, double dataFraction) {
    return FitSchedule.of(settings.getEpochs(), dataFraction, settings.getLearningRate()).epochs();
  }

  /**
   * Fits the curve, from where an earlier fit with the same settings has come to.
   *
   * @param initial the curve to begin with; it is not changed
   * @param progress keeps the state from epoch to epoch
   * @throws ArithmeticException if the loss or the control point is no longer finite
   */
  public FittedCurve fit(BezierCurve initial, FitProgress progress) {
    FitState begin =
        progress
            .load()
            .orElseGet(
                () ->
                    new FitState(
                        initial.control().clone(), new double[initial.control().length], 0, 0));
    BezierCurve curve = new BezierCurve(initial.start(), begin.control(), initial.end());
    int images = surface.examples();
    int batchSize = Math.min(settings.getBatchSize(), images);
    long steps = begin.gradients();
    for (long epoch = begin.epochs() + 1; epoch <= schedule.epochs(); epoch++) {
      int[] order = CounterRandom.of(id, "curve order", epoch).permutation(images);
      CounterRandom positions = CounterRandom.of(id, "curve position", epoch);
      double learningRate = schedule.learningRate(epoch);
      for (int from = 0; from + batchSize <= images; from += batchSize) {
        int[] batch = Arrays.copyOfRange(order, from, from + batchSize);
        step(curve, begin.velocity(), positions.nextDouble(), batch, learningRate, ++steps);
      }
      progress.afterEpoch(new FitState(curve.control(), begin.velocity(), epoch, steps));
    }
    return new FittedCurve(curve, steps);
  }

  private void step(
      BezierCurve curve,
      double[] velocity,
      double t,
      int[] batch,
      double learningRate,
      long steps) {
    double[] point = curve.at(t);
    LossGradient loss = surface.batchGradient(point, batch);
    if (!Double.isFinite(loss.loss())) {
      throw diverged("the loss at t = " + t + " is " + loss.loss(), steps);
    }
    double weight = BezierCurve.controlWeight(t);
    double[] control = curve.control();
    for (int i = 0; i < control.length; i++) {
      double slope = weight * (loss.gradient()[i] + settings.getWeightDecay() * point[i]);
      velocity[i] = settings.getMomentum() * velocity[i] + slope;
      control[i] -= learningRate * velocity[i];
      if (!Double.isFinite(control[i])) {
        throw diverged("component " + i + " of the control point is " + control[i], steps);
      }
    }
  }

  private ArithmeticException diverged(String what, long steps) {
    return new ArithmeticException(
        "the fit of the curve "
            + id
            + " diverged at step "
            + steps
            + ": "
            + what
            + "; try a learning_rate below "
            + settings.getLearningRate());
  }
}
