package dev.terrain.taxonomy.ruggedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EffectiveLandscapeTest {
  private static final List<Ripple> RIPPLES = RuggedModel.standard().ripples();
  private static final Offset<Double> EXACT = within(1e-10);

  private static EffectiveLandscape landscape(double ruggedness, double temperature) {
    return new EffectiveLandscape(RIPPLES, ruggedness, temperature);
  }

  /** L_T(x), and by Stein's identity its derivatives, are means of L itself over the noise. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.3, 0.01",
    "0.1, 0.01, 0.003",
    "-0.21, 0.5, 0.0001",
    "0.05, 0.002, 0.00002",
    "1.5, 1, 0.5"
  })
  void valueSlopeAndCurvature_areGaussianMeansOfTheLossAlone(
      double x, double ruggedness, double temperature) {
    EffectiveLandscape raw = landscape(ruggedness, 0);
    EffectiveLandscape smooth = landscape(ruggedness, temperature);
    double deviation = Math.sqrt(temperature);

    double value = Quadrature.gaussianMean(z -> raw.value(x + deviation * z));
    double slope = Quadrature.gaussianMean(z -> raw.slope(x + deviation * z));
    double curvature = Quadrature.gaussianMean(z -> raw.curvature(x + deviation * z));
    double stein = Quadrature.gaussianMean(z -> z * raw.value(x + deviation * z)) / deviation;
    double secondStein =
        Quadrature.gaussianMean(z -> (z * z - 1) * raw.value(x + deviation * z)) / temperature;

    assertThat(smooth.value(x)).isCloseTo(value, EXACT);
    assertThat(smooth.slope(x)).isCloseTo(slope, EXACT);
    assertThat(smooth.curvature(x)).isCloseTo(curvature, EXACT);
    assertThat(smooth.slope(x)).isCloseTo(stein, EXACT);
    assertThat(smooth.curvature(x)).isCloseTo(secondStein, EXACT);
  }

  @Test
  void slopeAndCurvature_areDerivativesOfTheValue() {
    EffectiveLandscape landscape = landscape(0.004, 0.00001);
    double step = 1e-5;
    for (double x = -0.3; x < 0.3; x += 0.0137) {
      assertThat(landscape.slope(x))
          .isCloseTo(
              (landscape.value(x + step) - landscape.value(x - step)) / (2 * step), within(1e-6));
      assertThat(landscape.curvature(x))
          .isCloseTo(
              (landscape.slope(x + step) - landscape.slope(x - step)) / (2 * step), within(1e-3));
    }
  }

  @Test
  void value_growsWithTemperatureByHalfTheCurvature() {
    double step = 1e-7;
    for (double x : new double[] {-0.2, 0.01, 0.13}) {
      double growth =
          (landscape(0.01, 0.0002 + step).value(x) - landscape(0.01, 0.0002 - step).value(x))
              / (2 * step);
      assertThat(growth).isCloseTo(landscape(0.01, 0.0002).curvature(x) / 2, within(1e-5));
    }
  }

  @Test
  void theLossAlone_isNeverBelowTheParabola() {
    EffectiveLandscape landscape = landscape(0.01, 0);
    for (double x = -1; x < 1; x += 1e-4) {
      assertThat(landscape.value(x)).isGreaterThanOrEqualTo(x * x / 2);
    }
  }

  /** Gibbs and Bogoliubov: the free energy of a trial density is an upper bound of the true one. */
  @ParameterizedTest
  @CsvSource({"0.01, 0.003", "0.003, 0.0005", "0.001, 0.00005", "0, 0.001"})
  void theLowestMinimum_boundsTheFreeEnergyFromAbove(double ruggedness, double temperature) {
    EffectiveLandscape raw = landscape(ruggedness, 0);
    double partition =
        Quadrature.integral(x -> Math.exp(-raw.value(x) / temperature), -0.5, 0.5, 40_000);
    double free = -temperature * Math.log(partition);
    double lowest = Basins.of(landscape(ruggedness, temperature)).lowest().minimum().loss();
    double bound = lowest - temperature / 2 * Math.log(2 * Math.PI * Math.E * temperature);

    assertThat(bound).isGreaterThanOrEqualTo(free - 1e-12);
    if (ruggedness == 0) {
      assertThat(bound).isCloseTo(free, EXACT);
    }
  }

  @Test
  void rippleBounds_areReachedByASingleRippleAndNeverPassed() {
    EffectiveLandscape one = new EffectiveLandscape(List.of(new Ripple(2, 10, 0.5)), 0.1, 0.001);
    double damping = Math.exp(-0.05);
    assertThat(one.rippleBound(0)).isCloseTo(0.2 * damping, within(1e-15));
    assertThat(one.rippleBound(2)).isCloseTo(20 * damping, within(1e-13));
    assertThat(one.curvature(-0.05)).isCloseTo(1 - one.rippleBound(2), within(1e-12));
    EffectiveLandscape all = landscape(0.01, 0.0001);
    for (double x = -2; x < 2; x += 1e-3) {
      assertThat(Math.abs(all.slope(x) - x)).isLessThanOrEqualTo(all.rippleBound(1));
      assertThat(Math.abs(all.curvature(x) - 1)).isLessThanOrEqualTo(all.rippleBound(2));
    }
  }

  @Test
  void ripplesOfOneId_areTheSameAndOthersAreNot() {
    assertThat(Ripple.seeded("a", 5, 1, 9)).isEqualTo(Ripple.seeded("a", 5, 1, 9));
    assertThat(Ripple.seeded("a", 5, 1, 9)).isNotEqualTo(Ripple.seeded("b", 5, 1, 9));
    assertThat(RIPPLES.stream().mapToDouble(Ripple::amplitude).sum()).isCloseTo(1, within(1e-15));
    assertThat(RIPPLES).allSatisfy(ripple -> assertThat(ripple.frequency()).isBetween(50.0, 400.0));
  }

  @Test
  void numbersOutOfRange_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> landscape(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> landscape(0, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Ripple(0, 1, 0));
  }
}
