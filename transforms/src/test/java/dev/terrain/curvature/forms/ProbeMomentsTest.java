package dev.terrain.curvature.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeMomentsTest {
  private static List<ProbeForms> samples(LinearOperator operator, int count, String id) {
    List<ProbeForms> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] probe = CounterRandom.of(id, "given probe", i).rademacher(operator.dimension());
      double[] product = operator.apply(probe);
      samples.add(
          ProbeForms.of(
              OrthonormalBasis.dot(probe, product), OrthonormalBasis.dot(product, product)));
    }
    return samples;
  }

  @Test
  void areExactOnADiagonalMatrix() {
    List<ProbeForms> samples = samples(MatrixOperator.diagonal(3, 3, 3, 3, 0, 0), 4, "model");

    ProbeMoments.Estimate norm = ProbeMoments.frobeniusNorm(samples);
    ProbeMoments.Estimate rank = ProbeMoments.effectiveRank(samples).orElseThrow();

    assertThat(norm).isEqualTo(new ProbeMoments.Estimate(6, 0.0, 4));
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
      List<ProbeForms> samples = samples(matrix, 40, "model " + seed);
      ProbeMoments.Estimate n = ProbeMoments.frobeniusNorm(samples);
      ProbeMoments.Estimate r = ProbeMoments.effectiveRank(samples).orElseThrow();
      normCovered += Math.abs(n.value() - norm) <= 2 * n.standardError() ? 1 : 0;
      rankCovered += Math.abs(r.value() - rank) <= 2 * r.standardError() ? 1 : 0;
    }

    assertThat(normCovered).isGreaterThanOrEqualTo(264);
    assertThat(rankCovered).isGreaterThanOrEqualTo(264);
  }

  @Test
  void theErrorOfTheRankIsTheDeleteOneJackknife() {
    List<ProbeForms> samples = samples(MatrixOperator.rotated(5, 3, 1, 1, -1, 2), 7, "model");
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

    ProbeMoments.Estimate rank = ProbeMoments.effectiveRank(samples).orElseThrow();

    assertThat(rank.standardError()).isCloseTo(Math.sqrt(6.0 / 7 * sum), within(1e-12));
  }

  @Test
  void thereIsNoEffectiveRankOfTheZeroOperator() {
    List<ProbeForms> samples = samples(MatrixOperator.diagonal(0, 0, 0), 4, "model");

    assertThat(ProbeMoments.effectiveRank(samples)).isEmpty();
    assertThat(ProbeMoments.frobeniusNorm(samples).value()).isZero();
  }

  @Test
  void twoProbesGiveNoStandardError() {
    List<ProbeForms> samples = samples(MatrixOperator.rotated(1, 2, 3), 2, "model");

    assertThat(ProbeMoments.frobeniusNorm(samples).standardError()).isNull();
    assertThat(ProbeMoments.effectiveRank(samples).orElseThrow().standardError()).isNull();
  }
}
