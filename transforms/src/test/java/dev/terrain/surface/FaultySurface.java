package dev.terrain.surface;

import java.util.function.IntPredicate;

/** A surface that makes a number of some of its results NaN, as an engine's fault may. */
public final class FaultySurface extends ForwardingSurface {
  private final IntPredicate wrong;
  private int calls;

  /**
   * @param wrong which calls, counted from 1, are answered wrongly
   */
  public FaultySurface(LossSurface surface, IntPredicate wrong) {
    super(surface);
    this.wrong = wrong;
  }

  /** Calls so far that compute. */
  public int calls() {
    return calls;
  }

  private double[] answer(double[] values) {
    if (wrong.test(++calls)) {
      values[values.length / 2] = Double.NaN;
    }
    return values;
  }

  private double[][] answer(double[][] rows) {
    answer(rows[rows.length - 1]);
    return rows;
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    Evaluation evaluation = surface().evaluate(weights);
    return new Evaluation(answer(evaluation.losses()), evaluation.correct());
  }

  @Override
  public double[][] outputs(Weights weights) {
    return answer(surface().outputs(weights));
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    LossGradient gradient = surface().gradient(weights, listener);
    return new LossGradient(gradient.loss(), answer(gradient.gradient()));
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    return answer(surface().products(matrix, weights, block, listener));
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    LossGradient gradient = surface().batchGradient(theta, examples);
    return new LossGradient(gradient.loss(), answer(gradient.gradient()));
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return answer(surface().estimateStatistics(theta));
  }
}
