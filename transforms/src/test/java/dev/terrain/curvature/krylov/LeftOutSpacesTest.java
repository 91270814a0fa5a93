package dev.terrain.curvature.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.FormRecorder;
import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.forms.SpaceDeflation;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.NaiveKrylov;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.SampleMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LeftOutSpaces} and {@link SpaceDeflation}, which deflate probes by Krylov spaces. */
class LeftOutSpacesTest {
  private static final int DIMENSION = 60;
  private static final double[] NETWORK = Spectra.ofNetwork(DIMENSION);

  private static BlockLanczos.Outcome process(
      LinearOperator operator, int probes, int products, int run) {
    double[][] start = RandomVectors.rademacher("run " + run, "start", 0, probes, DIMENSION);
    return new BlockLanczos(
            new BlockLanczosSettings(1, 0, 1e-15, products, products, DIMENSION, false))
        .run(operator, start, CounterRandom.of("run " + run, "refill", 0));
  }

  /** v'Av - tr(WW'vv'A) + … with the basis W of the other probes' Krylov space, by definition. */
  private static double naive(double[][] rows, double[] v, double[][] others, int steps) {
    List<Eigenpair> pairs = new NaiveKrylov(rows, others, steps).pairs(1e9);
    double excess = 0;
    double trace = 0;
    double squaredLength = 0;
    int first = pairs.size() / 4;
    double middle = 0;
    for (int i = 0; i < pairs.size(); i++) {
      double overlap = OrthonormalBasis.dot(pairs.get(i).vector(), v);
      excess += pairs.get(i).value() * overlap * overlap;
      trace += pairs.get(i).value();
      squaredLength += overlap * overlap;
      boolean isMiddle = i >= first && i < pairs.size() - first;
      middle += isMiddle ? pairs.get(i).value() / (pairs.size() - 2 * first) : 0;
    }
    double form = OrthonormalBasis.dot(v, new MatrixOperator(rows).apply(v));
    return form - (excess - trace) + (squaredLength - pairs.size()) * middle;
  }

  @Test
  void aStartProbeIsDeflatedByTheKrylovSpaceOfTheOthers() {
    MatrixOperator matrix = MatrixOperator.rotated(NETWORK);
    double[][] start = RandomVectors.rademacher("run 0", "start", 0, 3, DIMENSION);

    List<ProbeForms> forms = process(matrix, 3, 15, 0).result().starts().forms();

    for (int j = 0; j < 3; j++) {
      int left = j;
      double[][] others =
          IntStream.range(0, 3)
              .filter(l -> l != left)
              .mapToObj(l -> start[l])
              .toArray(double[][]::new);
      assertThat(forms.get(j).form())
          .isCloseTo(naive(matrix.rows(), start[j], others, 4), within(1e-8));
    }
  }

  @Test
  void deflatedFormsAreUnbiasedThoughTheSpacesWereGrownFromTheProbes() {
    // Nine copies of an eigenvalue, of which four probes see four, would bias Ritz pairs.
    double[] values = NETWORK.clone();
    Arrays.fill(values, 0, 9, 5);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double[] traces = new double[200];
    double[] squares = new double[200];
    for (int run = 0; run < 200; run++) {
      List<ProbeForms> forms = process(matrix, 4, 16, run).result().starts().forms();
      for (ProbeForms ofProbe : forms) {
        traces[run] += ofProbe.form() / 4 - Spectra.trace(values) / 4;
        squares[run] += ofProbe.squaredNorm() / 4 - Spectra.squares(values) / 4;
      }
    }

    SampleMean ofTraces = SampleMean.of(traces);
    SampleMean ofSquares = SampleMean.of(squares);
    assertThat(ofTraces.value()).isCloseTo(0, within(3.5 * ofTraces.standardError()));
    assertThat(ofSquares.value()).isCloseTo(0, within(3.5 * ofSquares.standardError()));
  }

  @Test
  void probesOfTheirOwnAreDeflatedWithoutBias() {
    MatrixOperator matrix = MatrixOperator.rotated(NETWORK);
    double[] traces = new double[200];
    double[] squares = new double[200];
    for (int run = 0; run < 200; run++) {
      ProbeForms forms = own(matrix, run);
      traces[run] = forms.form() - Spectra.trace(NETWORK);
      squares[run] = forms.squaredNorm() - Spectra.squares(NETWORK);
    }

    SampleMean ofTraces = SampleMean.of(traces);
    SampleMean ofSquares = SampleMean.of(squares);
    assertThat(ofTraces.value()).isCloseTo(0, within(3.5 * ofTraces.standardError()));
    assertThat(ofSquares.value()).isCloseTo(0, within(3.5 * ofSquares.standardError()));
    double plain = 2 * Spectra.squares(NETWORK);
    for (int i = 0; i < DIMENSION; i++) {
      plain -= 2 * matrix.rows()[i][i] * matrix.rows()[i][i];
    }
    assertThat(ofTraces.standardError() * Math.sqrt(200)).isLessThan(0.1 * Math.sqrt(plain));
  }

  private static ProbeForms own(MatrixOperator matrix, int run) {
    double[] probe = CounterRandom.of("run " + run, "own", 0).rademacher(DIMENSION);
    FormRecorder recorder = new FormRecorder(matrix);
    recorder.apply(new double[][] {probe});
    return process(matrix, 4, 36, run).deflation().deflated(probe, recorder.forms().get(0));
  }

  @Test
  void aFlatSpectrumIsNoWorseForIt() {
    double[] values = Spectra.of(DIMENSION, i -> 1 + 2.0 * i / DIMENSION);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    List<Double> deflated = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    for (int run = 0; run < 100; run++) {
      deflated.add(own(matrix, run).form());
      double[] probe = CounterRandom.of("run " + run, "own", 0).rademacher(DIMENSION);
      plain.add(OrthonormalBasis.dot(probe, matrix.apply(probe)));
    }

    assertThat(spread(deflated)).isLessThan(1.25 * spread(plain));
  }

  private static double spread(List<Double> samples) {
    return SampleMean.of(samples.stream().mapToDouble(x -> x).toArray()).standardError();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aSpaceThatIsTheWholeLeavesNoChance(int probes) {
    SampledMatrices sample =
        SampledMatrices.around(MatrixOperator.rotated(NETWORK).rows(), 0.3, 5, 5, 2);

    List<ProbeForms> forms = process(sample, probes, DIMENSION, 0).result().starts().forms();

    for (ProbeForms ofProbe : forms) {
      assertThat(ofProbe.form()).isCloseTo(Spectra.trace(NETWORK), within(1e-8));
      assertThat(ofProbe.squaredNorm()).isCloseTo(Spectra.squares(NETWORK), within(1e-7));
      double spread = 0;
      double[] weights = {25 / 12.0 / 7, 25 / 12.0 / 7, 4 / 12.0 / 10};
      for (int b = 0; b < 3; b++) {
        double[][] batch = sample.matrices()[b];
        double trace = 0;
        for (int i = 0; i < DIMENSION; i++) {
          trace += batch[i][i];
          for (int j = 0; j < DIMENSION; j++) {
            spread += weights[b] * Math.pow(batch[i][j] - sample.meanWithout(-1)[i][j], 2);
          }
        }
        assertThat(ofProbe.forms()[b]).isCloseTo(trace, within(1e-8));
      }
      assertThat(ofProbe.spread()).isCloseTo(spread, within(1e-7));
    }
  }
}
