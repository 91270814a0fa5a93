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
 * <p>The Ritz values θ_i and weights w_i of a Lanczos run from a random vector of the unit sphere
 * of R^d give the trace once more, q = d Σ w_i θ_i, independent of the probes of Hutchinson's
 * estimate t. Its variance is 2d/(d + 2) (‖H‖_F² − tr²/d), with ‖H‖_F² ≈ d Σ w_i θ_i². The score is
 * (t − q) / √(se(t)² + var(q)).
 */
final class TraceScores {
  private static final String METRIC = "hessian_trace";
  private static final String OPERATOR = "hessian";

  private TraceScores() {}

  /**
   * The trace by the eigenvalues.
   *
   * @param variance of the trace
   */
  private record FromEigenvalues(double trace, double variance) {
    static FromEigenvalues of(Spectrum spectrum) {
      double dimension = spectrum.getNParameters();
      List<Double> values = spectrum.getRitzValues();
      double mean = 0;
      double meanSquare = 0;
      for (int i = 0; i < values.size(); i++) {
        double weight = spectrum.getWeights().get(i);
        mean += weight * values.get(i);
        meanSquare += weight * values.get(i) * values.get(i);
      }
      double spread = dimension * Math.max(0, meanSquare - mean * mean);
      return new FromEigenvalues(dimension * mean, 2 * dimension / (dimension + 2) * spread);
    }

    double score(double trace, double standardError) {
      double error = Math.sqrt(standardError * standardError + variance);
      return error > 0 ? (trace - this.trace) / error : trace == this.trace ? 0 : trace;
    }
  }

  static void examine(TableReader tables, Examination examination) throws IOException {
    Map<String, FromEigenvalues> spectra = new HashMap<>();
    tables.forEach(
        Table.SPECTRA,
        row -> {
          Spectrum spectrum = (Spectrum) row;
          if (spectrum.getOperator().equals(OPERATOR)) {
            spectra.put(spectrum.getModelId(), FromEigenvalues.of(spectrum));
          }
        });
    tables.forEach(
        Table.MEASUREMENTS,
        row -> {
          Measurement trace = (Measurement) row;
          FromEigenvalues other = spectra.get(trace.getModelId());
          if (trace.getMetric().equals(METRIC) && trace.getValue() != null && other != null) {
            double error = trace.getStdError() == null ? 0 : trace.getStdError();
            examination.add(Subject.of(trace), other.score(trace.getValue(), error));
          }
        });
  }
}
