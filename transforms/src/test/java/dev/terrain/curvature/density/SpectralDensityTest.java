package dev.terrain.curvature.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.NaiveKrylov;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpectralDensityTest {
  private static final double LEVEL = 0.95;

  private static double[] probe(String id, int index, int dimension) {
    return CounterRandom.of(id, "density probe", index).rademacher(dimension);
  }

  private static List<Quadrature> quadratures(
      MatrixOperator matrix, String id, int probes, int steps) {
    List<Quadrature> quadratures = new ArrayList<>();
    for (int i = 0; i < probes; i++) {
      double[] v = probe(id, i, matrix.dimension());
      quadratures.add(new NaiveKrylov(matrix.rows(), new double[][] {v}, steps).quadrature(v));
    }
    return quadratures;
  }

  private static SpectralDensity density(MatrixOperator matrix, String id, int probes, int steps) {
    return SpectralDensity.of(
        matrix.dimension(), steps, quadratures(matrix, id, probes, steps), List.of());
  }

  private static ProbeForms sample(double[] probe, double[] product) {
    return ProbeForms.of(
        OrthonormalBasis.dot(probe, product), OrthonormalBasis.dot(product, product));
  }

  private static double trueShare(double[] values, double x) {
    return Arrays.stream(values).filter(v -> v <= x).count() / (double) values.length;
  }

  /** ∫ |Φ - Φ̂| dx over the steps of both. */
  private static double wasserstein(double[] values, SpectralDensity density) {
    double[] points = new double[values.length + density.density().nodes().length];
    System.arraycopy(values, 0, points, 0, values.length);
    System.arraycopy(
        density.density().nodes(), 0, points, values.length, points.length - values.length);
    Arrays.sort(points);
    double distance = 0;
    for (int i = 0; i + 1 < points.length; i++) {
      double difference =
          trueShare(values, points[i]) - density.cumulative(points[i], LEVEL).value();
      distance += Math.abs(difference) * (points[i + 1] - points[i]);
    }
    return distance;
  }

  @Test
  void momentsAreTheTraceAndFrobeniusSamplesOfTheSameProbes() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(80));
    double trace = 0;
    double squares = 0;
    List<ProbeForms> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double[] v = probe("model", i, 80);
      double[] product = matrix.apply(v);
      for (int j = 0; j < 80; j++) {
        trace += v[j] * product[j] / 4;
        squares += product[j] * product[j] / 4;
      }
      samples.add(sample(v, product));
    }

    SpectralDensity density = density(matrix, "model", 4, 12);

    assertThat(80 * density.moment(0)).isCloseTo(80, within(1e-10));
    assertThat(80 * density.moment(1)).isCloseTo(trace, within(1e-9));
    assertThat(80 * density.moment(2)).isCloseTo(squares, within(1e-7));
    assertThat(density.largestMomentError(samples)).isLessThan(1e-12);
  }

  @Test
  void aQuadratureOfAnotherOperatorFailsTheMomentCheck() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(80));
    double[] values = Spectra.ofNetwork(80);
    values[0] += 0.01;
    MatrixOperator other = MatrixOperator.rotated(values);
    double[] v = probe("model", 0, 80);

    SpectralDensity density = density(other, "model", 1, 12);

    assertThat(density.largestMomentError(List.of(sample(v, matrix.apply(v))))).isGreaterThan(1e-5);
  }

  @Test
  void momentsOfTheDeflatedDensityAreTheDeflatedSamplesOnTheSphereOfTheRest() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(80));
    double[] v = probe("model", 0, 80);
    NaiveKrylov krylov = new NaiveKrylov(matrix.rows(), new double[][] {v}, 30);
    List<Eigenpair> outliers = krylov.pairs(1e-9).subList(20, 30);
    ProbeForms sample = sample(v, matrix.apply(v));

    SpectralDensity density = SpectralDensity.of(80, 30, List.of(krylov.quadrature(v)), outliers);

    double form = sample.form();
    double rest = 80;
    for (int i = 0; i < 10; i++) {
      double overlap = OrthonormalBasis.dot(outliers.get(9 - i).vector(), v);
      form -= (20 - 2 * i) * overlap * overlap;
      rest -= overlap * overlap;
    }
    assertThat(outliers.size()).isEqualTo(10);
    assertThat(80 * density.moment(1)).isCloseTo(110 + 70 * form / rest, within(1e-8));
  }

  @Test
  void asManyStepsAsDimensionsRecoverAllEigenvalues() {
    double[] values = Spectra.of(30, i -> Math.sin(3.0 * i) + 0.1 * i);
    MatrixOperator matrix = MatrixOperator.rotated(values);

    SpectralDensity density = density(matrix, "model", 1, 30);

    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(density.density().nodes()).containsExactly(sorted, within(1e-10));
  }

  @Test
  void outliersHaveTheirExactWeightAndTheRestSharesTheRest() {
    double[] values = Spectra.of(100, i -> i <= 3 ? 10.0 * i : Math.cos(i) / 10);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double[] v = probe("model", 7, 100);
    NaiveKrylov krylov = new NaiveKrylov(matrix.rows(), new double[][] {v}, 20);
    List<Eigenpair> outliers = krylov.pairs(1e-8).subList(17, 20);

    SpectralDensity density =
        SpectralDensity.of(100, 20, quadratures(matrix, "model", 3, 20), outliers);

    assertThat(outliers.size()).isEqualTo(3);
    double[] weights = density.density().weights();
    double[] nodes = density.density().nodes();
    assertThat(nodes).hasSize(3 + 3 * 17);
    for (int i = 1; i <= 3; i++) {
      assertThat(nodes[nodes.length - 4 + i]).isCloseTo(10 * i, within(1e-8));
      assertThat(weights[nodes.length - 4 + i]).isEqualTo(0.01);
    }
    assertThat(density.moment(0)).isCloseTo(1, within(1e-12));
    assertThat(density.cumulative(5, LEVEL).value()).isCloseTo(0.97, within(1e-12));
    assertThat(density.cumulative(15, LEVEL).value()).isCloseTo(0.98, within(1e-12));
  }

  @Test
  void theEnclosureHoldsForTheProbesOwnMeasureOfABlockProcess() {
    double[] values = Spectra.of(60, i -> i <= 5 ? 2.0 * i : Math.cos(i));
    MatrixOperator matrix = MatrixOperator.diagonal(values);
    double[][] starts = new double[3][60];
    for (int j = 0; j < 3; j++) {
      CounterRandom random = CounterRandom.of("test", "start", j);
      for (int i = 0; i < 60; i++) {
        starts[j][i] = random.nextGaussian();
      }
    }
    int steps = 6;
    NaiveKrylov krylov = new NaiveKrylov(matrix.rows(), starts, steps);

    for (double[] start : starts) {
      double norm = OrthonormalBasis.dot(start, start);
      ProbeMeasure measure =
          ProbeMeasure.withoutOutliers(krylov.quadrature(start), List.of(), steps);
      assertThat(measure.enclosingNodes()).hasSize(steps);
      for (double x = -1.5; x <= 11; x += 0.01) {
        double share = 0;
        for (int i = 0; i < 60; i++) {
          share += values[i] <= x ? start[i] * start[i] / norm : 0;
        }
        assertThat(measure.lowerShare(x)).isLessThanOrEqualTo(share + 1e-12);
        assertThat(measure.upperShare(x)).isGreaterThanOrEqualTo(share - 1e-12);
      }
    }
  }

  @Test
  void theBandCoversTheTrueDistributionAndNarrowsWithTheSteps() {
    double[] values = Spectra.ofNetwork(200);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    int outside = 0;
    int points = 0;
    double[] widths = new double[2];
    for (int seed = 0; seed < 10; seed++) {
      for (int i = 0; i < 2; i++) {
        SpectralDensity density = density(matrix, "model " + seed, 4, 10 + 15 * i);
        for (double x = -1; x <= 21; x += 0.37) {
          SpectralDensity.Share share = density.cumulative(x, LEVEL);
          double truth = trueShare(values, x);
          outside += truth < share.lower() - 1e-12 || truth > share.upper() + 1e-12 ? 1 : 0;
          points++;
          widths[i] += share.upper() - share.lower();
          assertThat(share.value()).isBetween(share.lower() - 1e-12, share.upper() + 1e-12);
        }
      }
    }

    assertThat(outside).isLessThanOrEqualTo(points / 20);
    assertThat(widths[1]).isLessThan(0.7 * widths[0]);
  }

  @Test
  void theBandIsTheEnclosureAndAMarginForTheProbes() {
    double[] nodes = {-1, 0, 1, 2, 3};
    Quadrature rule = new Quadrature(nodes, new double[] {0.2, 0.2, 0.2, 0.2, 0.2});

    SpectralDensity.Share share =
        SpectralDensity.of(1000, 5, List.of(rule), List.of()).cumulative(1.5, LEVEL);

    double margin = 1.959964 * Math.sqrt(2 * 0.25 / 1002);
    assertThat(share.value()).isCloseTo(0.6, within(1e-12));
    assertThat(share.lower()).isCloseTo(0.4 - margin, within(1e-7));
    assertThat(share.upper()).isCloseTo(0.8 + margin, within(1e-7));
  }

  @Test
  void theMarginFollowsProbesThatDifferMoreThanTheyShould() {
    double[] nodes = {-1, 0, 1, 2, 3};
    List<Quadrature> rules = new ArrayList<>();
    for (double first : new double[] {0.1, 0.2, 0.3}) {
      rules.add(new Quadrature(nodes, new double[] {0.2, 0.2, first, 0.4 - first, 0.2}));
    }

    SpectralDensity.Share share =
        SpectralDensity.of(1000, 5, rules, List.of()).cumulative(1.5, LEVEL);

    // Shares 0.5, 0.6, 0.7: standard deviation 0.1.
    assertThat(share.lower()).isCloseTo(0.4 - 1.959964 * 0.1 / Math.sqrt(3), within(1e-7));
  }

  @Test
  void theVarianceBehindTheMarginIsThatOfRademacherProbes() {
    double[] values = Spectra.of(200, i -> i <= 100 ? -1 : 1);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    int covered = 0;
    for (int seed = 0; seed < 100; seed++) {
      double sum = 0;
      List<Quadrature> quadratures = quadratures(matrix, "model " + seed, 2, 2);
      SpectralDensity density = SpectralDensity.of(200, 2, quadratures, List.of());
      for (Quadrature quadrature : quadratures) {
        sum += quadrature.weights()[0] / 2;
      }
      assertThat(density.cumulative(0, LEVEL).value()).isCloseTo(sum, within(1e-12));
      covered += Math.abs(sum - 0.5) <= 1.96 * Math.sqrt(0.5 / 202 / 2) ? 1 : 0;
    }

    assertThat(covered).isGreaterThanOrEqualTo(88);
  }

  @Test
  void liesWithinTheTheoremsDistanceOfTheTrueSpectrum() {
    double[] values = Spectra.of(150, i -> Math.cos(i * 1.7) + (i % 3 == 0 ? 1 : 0));
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double range =
        Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
    // Chen, Trogdon and Ubaru: steps ≥ 12/t + 1/2 and probes ≥ 4/(n+2)/t² ln(2n/η).
    double t = 0.4;
    int steps = 31;
    int probes = 2;
    assertThat(probes)
        .isGreaterThanOrEqualTo((int) Math.ceil(4 / (152 * t * t) * Math.log(300 / 0.05)));

    int within = 0;
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      double distance = wasserstein(values, density(matrix, "model " + seed, probes, steps));
      within += distance <= t * range ? 1 : 0;
      sum += distance;
    }

    assertThat(within).isGreaterThanOrEqualTo(19);
    // The theorem is generous: what remains is the probes' chance, some 3 % at the middle.
    assertThat(sum / 20).isLessThan(0.05 * range);
  }

  @Test
  void massBelowZeroIsTheShareOfNegativeEigenvalues() {
    double[] values = Spectra.of(200, i -> i <= 60 ? -1 - i / 100.0 : 0.5 + i / 100.0);
    MatrixOperator matrix = MatrixOperator.rotated(values);

    SpectralDensity.Share mass = density(matrix, "model", 6, 20).massBelowZero(LEVEL);

    assertThat(mass.lower()).isLessThanOrEqualTo(0.3).isGreaterThan(0.15);
    assertThat(mass.upper()).isGreaterThanOrEqualTo(0.3).isLessThan(0.45);
    assertThat(mass.value()).isCloseTo(0.3, within(0.06));
  }

  @Test
  void roundingOfZeroEigenvaluesIsNoNegativeMass() {
    Quadrature quadrature =
        new Quadrature(new double[] {-1e-9, 1, 5}, new double[] {0.9, 0.06, 0.04});

    SpectralDensity density = SpectralDensity.of(1000, 3, List.of(quadrature), List.of());

    assertThat(density.massBelowZero(LEVEL).value()).isZero();
    // Yet the zeros may be slightly negative for all that three nodes tell.
    assertThat(density.massBelowZero(LEVEL).upper()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void aSpectrumOfOutliersOnlyIsCertain() {
    double[] vector = {1, 0};
    double[] other = {0, 1};
    List<Eigenpair> all =
        List.of(new Eigenpair(3, vector, 0, true), new Eigenpair(-1, other, 0, true));
    Quadrature quadrature = new Quadrature(new double[] {-1, 3}, new double[] {0.5, 0.5});

    SpectralDensity density = SpectralDensity.of(2, 2, List.of(quadrature), all);

    assertThat(density.massBelowZero(LEVEL)).isEqualTo(new SpectralDensity.Share(0.5, 0.5, 0.5));
  }

  @Test
  void refusesWeightsThatDoNotSumToOne() {
    Quadrature quadrature = new Quadrature(new double[] {0, 1}, new double[] {0.5, 0.4});

    assertThatThrownBy(() -> SpectralDensity.of(9, 2, List.of(quadrature), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights of a quadrature sum to 0.9");
  }
}
