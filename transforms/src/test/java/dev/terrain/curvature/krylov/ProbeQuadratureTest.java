package dev.terrain.curvature.krylov;

import static dev.terrain.curvature.krylov.KrylovRuns.ends;
import static dev.terrain.curvature.krylov.KrylovRuns.probes;
import static dev.terrain.curvature.krylov.KrylovRuns.run;
import static dev.terrain.curvature.krylov.KrylovRuns.spectrum;
import static dev.terrain.curvature.krylov.KrylovRuns.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeQuadratureTest {

  @Test
  void theQuadratureOfEachProbeHasItsMoments() {
    int d = 150;
    double[] values = spectrum(d, i -> i < 3 ? 8.0 - i : i % 4 == 0 ? -1.0 / i : 1.0 / i);
    MatrixOperator operator = MatrixOperator.rotated(values);
    double[][] start = probes(d, 3);

    BlockLanczosResult result = run(ends(2, 1, 1e-4), operator, start);

    assertThat(result.quadratures()).hasSize(3);
    for (int j = 0; j < 3; j++) {
      Quadrature quadrature = result.quadratures().get(j);
      double[] product = operator.apply(start[j]);
      assertThat(moment(quadrature, 0)).isCloseTo(1, within(1e-12));
      assertThat(d * moment(quadrature, 1))
          .isCloseTo(OrthonormalBasis.dot(start[j], product), within(1e-10));
      assertThat(d * moment(quadrature, 2))
          .isCloseTo(OrthonormalBasis.dot(product, product), within(1e-10));
      assertThat(Arrays.stream(quadrature.weights()).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void fourBlockStepsIntegratePolynomialsOfDegreeSeven() {
    double[] values = spectrum(60, i -> 0.05 * (i + 1));
    double[][] start = new double[2][60];
    CounterRandom random = CounterRandom.of("test", "start", 0);
    for (int i = 0; i < 60; i++) {
      start[0][i] = random.nextGaussian();
      start[1][i] = 3 * random.nextGaussian() + start[0][i];
    }
    BlockLanczosSettings eight = new BlockLanczosSettings(1, 0, 0, 8, 8, 1000, false);

    BlockLanczosResult result = run(eight, MatrixOperator.diagonal(values), start);

    for (int j = 0; j < 2; j++) {
      for (int degree = 0; degree <= 7; degree++) {
        double moment = 0;
        double squaredNorm = 0;
        for (int i = 0; i < 60; i++) {
          moment += Math.pow(values[i], degree) * start[j][i] * start[j][i];
          squaredNorm += start[j][i] * start[j][i];
        }
        assertThat(moment(result.quadratures().get(j), degree))
            .isCloseTo(moment / squaredNorm, within(1e-12 * Math.pow(3, degree)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6})
  void stepsFromASingleVectorIntegratePolynomialsUpToTwiceTheirNumberLessOneOnly(int steps) {
    double[] values = spectrum(60, i -> 0.05 * (i + 1));
    double[][] start = probes(60, 1);
    BlockLanczosSettings settings = new BlockLanczosSettings(1, 0, 0, steps, steps, 1000, false);

    Quadrature quadrature =
        run(settings, MatrixOperator.diagonal(values), start).quadratures().get(0);

    // Rademacher probes have the moments of the spectrum itself on a diagonal matrix.
    for (int degree = 0; degree <= 2 * steps; degree++) {
      int power = degree;
      double moment = Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
      double error = Math.abs(moment(quadrature, degree) - moment);
      if (degree < 2 * steps) {
        assertThat(error).as("degree %s", degree).isLessThan(1e-12 * Math.pow(3, degree));
      } else {
        assertThat(error).as("degree %s", degree).isGreaterThan(1e-7 * moment);
      }
    }
  }

  @Test
  void theQuadratureIsOfTheSpaceBeforeTheFirstRestart() {
    MatrixOperator operator = MatrixOperator.rotated(spectrum(200, i -> 10.0 / (1 + i)));
    BlockLanczosSettings twenty = new BlockLanczosSettings(5, 3, 1e-9, 0, 2000, 20, false);
    BlockLanczosSettings once = new BlockLanczosSettings(5, 3, 0, 20, 20, 20, false);

    BlockLanczosResult restarted = run(twenty, operator, 2);
    BlockLanczosResult stopped = run(once, operator, 2);

    assertThat(restarted.restarts()).isPositive();
    assertThat(stopped.restarts()).isZero();
    for (int j = 0; j < 2; j++) {
      Quadrature quadrature = restarted.quadratures().get(j);
      assertThat(quadrature.nodes()).isEqualTo(stopped.quadratures().get(j).nodes());
      assertThat(quadrature.weights()).isEqualTo(stopped.quadratures().get(j).weights());
    }
  }

  @Test
  void dependentStartVectorsAreReplacedAndKeepTheirQuadratures() {
    int d = 80;
    MatrixOperator operator = MatrixOperator.rotated(spectrum(d, i -> i < 3 ? 5 : 1.0 / i));
    double[][] start = probes(d, 3);
    for (int i = 0; i < d; i++) {
      start[2][i] = start[0][i] - 2 * start[1][i];
    }
    double[] product = operator.apply(start[2]);
    double squaredNorm = OrthonormalBasis.dot(start[2], start[2]);

    BlockLanczosResult result = run(ends(3, 0, 1e-8), operator, start);

    assertThat(values(result.upper())).containsExactly(new double[] {5, 5, 5}, within(1e-10));
    assertThat(squaredNorm * moment(result.quadratures().get(2), 2))
        .isCloseTo(OrthonormalBasis.dot(product, product), within(1e-9));
  }

  private static double moment(Quadrature quadrature, int degree) {
    double sum = 0;
    for (int i = 0; i < quadrature.nodes().length; i++) {
      sum += quadrature.weights()[i] * Math.pow(quadrature.nodes()[i], degree);
    }
    return sum;
  }
}
