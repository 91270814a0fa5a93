package dev.terrain.taxonomy.ruggedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.SampleMean;
import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.ruggedness.Basins.Basin;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuggedModelTest {
  private static final RuggedModel MODEL = RuggedModel.standard();

  /** 24 of each: from 0.01 to 0.0001, and from 10⁻⁶ to 0.01. */
  private static final List<Double> LOADS = geometric(0.01, 0.0001);

  private static final List<Double> TEMPERATURES = geometric(1e-6, 0.01);

  private static List<Double> geometric(double from, double to) {
    return IntStream.range(0, 24).mapToObj(i -> from * Math.pow(to / from, i / 23.0)).toList();
  }

  @Test
  void theMap_hasAllFivePhases() {
    assertThat(MODEL.over(LOADS, TEMPERATURES).map(RuggedState::phase)).contains(Phase.values());
  }

  /** The corners: hot and rugged II, cold and rugged I, smooth and cold IV-B, smooth and hot II. */
  @ParameterizedTest
  @CsvSource({"0.01, 0.01, II", "0.01, 1e-6, I", "0.0001, 1e-6, IV_B", "0.0001, 0.01, II"})
  void theCorners_areWhereTheStudyHasThem(double load, double temperature, Phase phase) {
    assertThat(MODEL.at(load, temperature).phase()).isEqualTo(phase);
  }

  @Test
  void withoutRuggedness_convergenceEndsAtTwiceItsThreshold() {
    double end = 2 * MODEL.thresholds().convergedLoss();
    RuggedState cold = MODEL.at(0, end * (1 - 1e-9));
    assertThat(cold.phase()).isEqualTo(Phase.IV_B);
    assertThat(cold.minima()).containsExactly(0.0);
    assertThat(cold.curvature()).isEqualTo(1);
    assertThat(MODEL.at(0, end * (1 + 1e-9)).phase()).isEqualTo(Phase.II);
  }

  @Test
  void theMap_keepsToTheClosedForms() {
    for (double temperature : TEMPERATURES) {
      for (double load : LOADS) {
        PhaseBounds bounds = new PhaseBounds(MODEL.landscape(load, temperature));
        RuggedState state = MODEL.at(load, temperature);

        assertThat(state.loss()).isBetween(bounds.leastLoss(), bounds.greatestLoss());
        assertThat(state.barrier()).isBetween(0.0, bounds.greatestBarrier() + 1e-15);
        assertThat(state.minima())
            .allSatisfy(x -> assertThat(Math.abs(x)).isLessThanOrEqualTo(bounds.farthestMinimum()));
        if (bounds.isConvex()) {
          assertThat(state.minima()).hasSize(1);
          assertThat(state.agreement()).isCloseTo(1, within(1e-12));
          assertThat(state.phase()).isIn(Phase.II, Phase.IV_B);
        }
      }
    }
  }

  /** L'' of rationally independent frequencies comes as near to 1 - B_2 as one likes. */
  @Test
  void aboveTheConvexBoundary_theLandscapeIsNotConvexSomewhere() {
    List<Ripple> two = List.of(new Ripple(1, 1, 0.3), new Ripple(1, Math.sqrt(2), 1));
    EffectiveLandscape landscape = new EffectiveLandscape(two, 0.34, 0);
    assertThat(new PhaseBounds(landscape).isConvex()).isFalse();
    assertThat(1 - landscape.rippleBound(2)).isBetween(-0.03, 0.0);
    double least =
        IntStream.range(0, 200_000)
            .mapToDouble(i -> landscape.curvature(i * 0.01))
            .min()
            .orElseThrow();
    assertThat(least).isNegative();
  }

  @Test
  void hotLandscapes_areConvexAtAnyLoad() {
    // max over w of w² exp(-w² T/2) is 2/(e T), so B_2 ≤ 2 r/(e T) for amplitudes of sum 1.
    double load = 0.01;
    double temperature = 2 * load / Math.E;
    assertThat(new PhaseBounds(MODEL.landscape(load, temperature)).isConvex()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1e-6", "0.0015, 1e-6", "0.0007, 2e-6", "0.004, 0.0001"})
  void expectations_areTheMeansOfDrawnStarts(double load, double temperature) {
    RuggedState state = MODEL.at(load, temperature);
    Basins basins = Basins.of(MODEL.landscape(load, temperature));
    int pairs = 20_000;
    double[] losses = new double[pairs];
    double[] barriers = new double[pairs];
    double[] agreements = new double[pairs];
    CounterRandom random = CounterRandom.of("rugged model", load + " " + temperature, 0);
    for (int i = 0; i < pairs; i++) {
      Basin one = basins.reachedFrom(MODEL.startRadius() * (2 * random.nextDouble() - 1));
      Basin other = basins.reachedFrom(MODEL.startRadius() * (2 * random.nextDouble() - 1));
      losses[i] = one.minimum().loss();
      barriers[i] = basins.barrier(one, other);
      agreements[i] = MODEL.similarity(one.minimum().x(), other.minimum().x());
    }
    assertWithin(state.loss(), losses);
    assertWithin(state.barrier(), barriers);
    assertWithin(state.agreement(), agreements);
  }

  private static void assertWithin(double expected, double[] drawn) {
    SampleMean mean = SampleMean.of(drawn);
    assertThat(mean.value())
        .isCloseTo(expected, within(4 * Objects.requireNonNull(mean.standardError()) + 1e-15));
  }

  /**
   * The squared correlation of c_i + s ξ_i x with c_i + s ξ_i y over a balanced set of examples.
   */
  @Test
  void similarity_isTheLinearCkaOfTheLossesOfExamples() {
    int half = 50;
    double noise = 1.2;
    double spread = noise / MODEL.sensitivity();
    double[] offsets = IntStream.range(0, half).mapToDouble(i -> i - (half - 1) / 2.0).toArray();
    double deviation = Math.sqrt(DoubleStream.of(offsets).map(c -> c * c).sum() / half);
    for (double x : new double[] {-0.2, 0.01, 0.05}) {
      for (double y : new double[] {-0.03, 0, 0.05, 0.4}) {
        double inner = 0;
        double first = 0;
        double second = 0;
        for (double offset : offsets) {
          for (int sign = -1; sign <= 1; sign += 2) {
            double one = spread * offset / deviation + noise * sign * x;
            double other = spread * offset / deviation + noise * sign * y;
            inner += one * other;
            first += one * one;
            second += other * other;
          }
        }
        assertThat(MODEL.similarity(x, y))
            .isCloseTo(inner * inner / (first * second), within(1e-12))
            .isCloseTo(
                Math.pow(
                    Math.cos(
                        Math.atan(MODEL.sensitivity() * x) - Math.atan(MODEL.sensitivity() * y)),
                    2),
                within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.003, 0.00025, 0, II",
    "0.003, 0.000251, 1, I",
    "0.0029, 0.000251, 1, III",
    "0.0029, 0.00025, 0.649, IV_A",
    "0.0029, 0, 0.65, IV_B"
  })
  void thresholds_sortAsTheTaxonomyDoes(
      double loss, double barrier, double agreement, Phase phase) {
    assertThat(MODEL.thresholds().phase(loss, barrier, agreement)).isEqualTo(phase);
  }

  @Test
  void aModelWithoutExtent_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RuggedModel(MODEL.ripples(), 0, 1, MODEL.thresholds()));
  }
}
