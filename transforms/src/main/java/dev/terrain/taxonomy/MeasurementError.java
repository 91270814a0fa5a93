package dev.terrain.taxonomy;

import dev.terrain.v1.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The standard error that the measurements themselves give the mean over the models of a cell. */
final class MeasurementError {
  private MeasurementError() {}

  /**
   * √(Σ s_i² / n² + (Σ e_i / n)²): the probe errors s_i are independent between the models, while
   * the models are measured on the same images, whose errors e_i are taken as common to all. A
   * value without a probe error (an eigenvalue) counts as having none.
   *
   * @return null if there is no measurement, or one without a data error
   */
  static @Nullable Double ofMean(List<Measurement> rows) {
    if (rows.isEmpty() || rows.stream().anyMatch(row -> row.getDataStdError() == null)) {
      return null;
    }
    double squares = 0;
    double common = 0;
    for (Measurement row : rows) {
      double probes = row.getStdError() == null ? 0 : row.getStdError();
      squares += probes * probes;
      common += row.getDataStdError();
    }
    return Math.hypot(Math.sqrt(squares), common) / rows.size();
  }
}
