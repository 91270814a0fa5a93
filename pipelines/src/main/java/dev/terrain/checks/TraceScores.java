package dev.terrain.checks;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Spectrum;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each model's trace is from what its eigenvalues say, in standard errors.
 *
 * <p>The Gauss quadratures (nodes θ_i, weights w_i) of p random probes in R^d give the trace once
 * more, q = d/p Σ w_i θ_i, without the outliers' exact values that the estimate t goes by. Its
 * variance is at most about 2d/(d + 2)/p (‖H‖_F² − tr²/d), with ‖H‖_F² ≈ d/p Σ w_i θ_i². The score
 * is (t − q) / √(se(t)² + var(q) + (10⁻⁶ √d ‖H‖_F)²), the last what products in single precision
 * leave where all eigenvalues are equal, or probes span everything; where t rests on the same
 * probes it is smaller than that of two independent estimates, and still large if one of them is
 * wrong.
 */
final class TraceScores {
  private static final String METRIC = "hessian_trace";
  private static final String OPERATOR = "hessian";

  private TraceScores() {}

  /**
   * The Hessian of a model.
   *
   * @param parameters that it is restricted to; null for all of them
   */
  private record MatrixOf(String modelId, String parameters) {}

  /**
   * The trace by the eigenvalues.
   *
   * @param variance of the trace, rounding included
   */
  private record FromEigenvalues(double trace, double variance) {
    private static final double ROUNDING = 1e-6;

    static FromEigenvalues of(Spectrum spectrum) {
      boolean several = !spectrum.getQuadratureNodes().isEmpty();
      double dimension = (double) spectrum.getNParameters();
      return several
          ? of(
              spectrum.getQuadratureNodes(),
              spectrum.getQuadratureWeights(),
              spectrum.getQuadratureSizes().size(),
              dimension)
          : of(spectrum.getRitzValues(), spectrum.getWeights(), 1, dimension);
    }

    private static FromEigenvalues of(
        List<Double> nodes, List<Double> weights, int probes, double dimension) {
      double mean = 0;
      double meanSquare = 0;
      for (int i = 0; i < nodes.size(); i++) {
        double weight = weights.get(i) / probes;
        mean += weight * nodes.get(i);
        meanSquare += weight * nodes.get(i) * nodes.get(i);
      }
      double spread = dimension * Math.max(0, meanSquare - mean * mean);
      double rounding = ROUNDING * dimension * Math.sqrt(meanSquare);
      return new FromEigenvalues(
          dimension * mean,
          2 * dimension / (dimension + 2) * spread / probes + rounding * rounding);
    }

    double score(double trace, double standardError) {
      double error = Math.sqrt(standardError * standardError + variance);
      // Without an error all eigenvalues are 0, exactly.
      return trace == this.trace ? 0 : (trace - this.trace) / Math.max(error, Double.MIN_NORMAL);
    }
  }

  static void examine(TableReader tables, Examination examination) throws IOException {
    Map<MatrixOf, FromEigenvalues> spectra = new HashMap<>();
    tables.forEach(
        Table.SPECTRA,
        row -> {
          Spectrum spectrum = (Spectrum) row;
          if (spectrum.getOperator().equals(OPERATOR)) {
            spectra.put(
                new MatrixOf(spectrum.getModelId(), spectrum.getParameters()),
                FromEigenvalues.of(spectrum));
          }
        });
    tables.forEach(
        Table.MEASUREMENTS,
        row -> {
          Measurement trace = (Measurement) row;
          FromEigenvalues other =
              spectra.get(new MatrixOf(trace.getModelId(), trace.getParameters()));
          if (trace.getMetric().equals(METRIC) && trace.getValue() != null && other != null) {
            double error = trace.getStdError() == null ? 0 : trace.getStdError();
            examination.add(Subject.of(trace), other.score(trace.getValue(), error));
          }
        });
  }
}
