package dev.terrain.curvature.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.NaiveKrylov;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link FrobeniusNorm} and {@link EffectiveRank}. */
class ProbeMomentsTest {
  private static List<ProbeSample> samples(LinearOperator operator, int count, String id) {
    List<ProbeSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] probe = CounterRandom.of(id, "given probe", i).rademacher(operator.dimension());
      samples.add(Deflation.none().sample(probe, operator.apply(probe)));
    }
    return samples;
  }

  @Test
  void areExactOnADiagonalMatrix() {
    List<ProbeSample> samples = samples(MatrixOperator.diagonal(3, 3, 3, 3, 0, 0), 4, "model");

    ProbeEstimate norm = FrobeniusNorm.estimate(Deflation.none(), samples);
    ProbeEstimate rank = EffectiveRank.estimate(Deflation.none(), samples).orElseThrow();

    assertThat(norm).isEqualTo(new ProbeEstimate(6, 0.0, 4));
    assertThat(rank.value()).isCloseTo(4, within(1e-12));
    assertThat(rank.standardError()).isCloseTo(0, within(1e-12));
  }

  @Test
  void twoStandardErrorsCoverTheTruth() {
    double[] values = Spectra.of(60, i -> 1.0 / i);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double norm = Math.sqrt(Spectra.squares(values));
    double rank = Math.pow(Spectra.trace(values) / norm, 2);

    int normCovered = 0;
    int rankCovered = 0;
    for (int seed = 0; seed < 300; seed++) {
      List<ProbeSample> samples = samples(matrix, 40, "model " + seed);
      ProbeEstimate n = FrobeniusNorm.estimate(Deflation.none(), samples);
      ProbeEstimate r = EffectiveRank.estimate(Deflation.none(), samples).orElseThrow();
      normCovered += Math.abs(n.value() - norm) <= 2 * n.standardError() ? 1 : 0;
      rankCovered += Math.abs(r.value() - rank) <= 2 * r.standardError() ? 1 : 0;
    }

    assertThat(normCovered).isGreaterThanOrEqualTo(264);
    assertThat(rankCovered).isGreaterThanOrEqualTo(264);
  }

  @Test
  void theErrorOfTheRankIsTheDeleteOneJackknife() {
    List<ProbeSample> samples = samples(MatrixOperator.rotated(5, 3, 1, 1, -1, 2), 7, "model");
    double[] without = new double[7];
    double mean = 0;
    for (int left = 0; left < 7; left++) {
      double traces = 0;
      double squares = 0;
      for (int i = 0; i < 7; i++) {
        traces += i == left ? 0 : samples.get(i).form() / 6;
        squares += i == left ? 0 : samples.get(i).squaredNorm() / 6;
      }
      without[left] = traces * traces / squares;
      mean += without[left] / 7;
    }
    double sum = 0;
    for (double rank : without) {
      sum += (rank - mean) * (rank - mean);
    }

    ProbeEstimate rank = EffectiveRank.estimate(Deflation.none(), samples).orElseThrow();

    assertThat(rank.standardError()).isCloseTo(Math.sqrt(6.0 / 7 * sum), within(1e-12));
  }

  @Test
  void deflatedOutliersAddNoVariance() {
    double[] values = new double[50];
    values[0] = 7;
    values[1] = -4;
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double[] start = CounterRandom.of("test", "start", 0).rademacher(50);
    List<Eigenpair> pairs = new NaiveKrylov(matrix.rows(), new double[][] {start}, 3).pairs(1e-8);
    Deflation deflation = Deflation.of(List.of(pairs.get(0), pairs.get(2)));
    List<ProbeSample> samples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double[] probe = CounterRandom.of("test", "probe", i).rademacher(50);
      samples.add(deflation.sample(probe, matrix.apply(probe)));
    }

    ProbeEstimate norm = FrobeniusNorm.estimate(deflation, samples);

    assertThat(norm.value()).isCloseTo(Math.sqrt(65), within(1e-10));
    assertThat(norm.standardError()).isLessThan(1e-10);
  }

  @Test
  void thereIsNoEffectiveRankOfTheZeroOperator() {
    List<ProbeSample> samples = samples(MatrixOperator.diagonal(0, 0, 0), 4, "model");

    assertThat(EffectiveRank.estimate(Deflation.none(), samples)).isEmpty();
    assertThat(FrobeniusNorm.estimate(Deflation.none(), samples).value()).isZero();
  }

  @Test
  void twoProbesGiveNoStandardError() {
    List<ProbeSample> samples = samples(MatrixOperator.rotated(1, 2, 3), 2, "model");

    assertThat(FrobeniusNorm.estimate(Deflation.none(), samples).standardError()).isNull();
    assertThat(EffectiveRank.estimate(Deflation.none(), samples).orElseThrow().standardError())
        .isNull();
  }
}
