package dev.terrain.taxonomy.ruggedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.ruggedness.Basins.Basin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BasinsTest {
  private static final List<Ripple> RIPPLES = RuggedModel.standard().ripples();

  @Test
  void all_areTheMinimaThatADenseScanSees() {
    CounterRandom random = CounterRandom.of("basins", "landscapes", 0);
    int minima = 0;
    for (int i = 0; i < 20; i++) {
      EffectiveLandscape landscape =
          new EffectiveLandscape(
              Ripple.seeded("draw " + i, 6, 50, 400),
              0.01 * random.nextDouble(),
              i % 3 == 0 ? 0 : 1e-4 * random.nextDouble());
      List<Double> scanned = scan(landscape);
      List<Basin> found = Basins.of(landscape).all();

      assertThat(found).hasSameSizeAs(scanned);
      for (int j = 0; j < scanned.size(); j++) {
        StationaryPoint minimum = found.get(j).minimum();
        assertThat(minimum.x()).isCloseTo(scanned.get(j), within(2e-5));
        assertThat(landscape.slope(minimum.x())).isCloseTo(0, within(1e-12));
        assertThat(found.get(j).curvature()).isPositive();
        assertThat(minimum.loss()).isEqualTo(landscape.value(minimum.x()));
      }
      minima += scanned.size();
    }
    assertThat(minima).isGreaterThan(100);
  }

  private static List<Double> scan(EffectiveLandscape landscape) {
    double step = 1e-5;
    double bound = landscape.rippleBound(1) + 2 * step;
    List<Double> minima = new ArrayList<>();
    double before = landscape.slope(-bound);
    for (double x = -bound; x < bound; x += step) {
      double after = landscape.slope(x + step);
      if (before < 0 && after >= 0) {
        minima.add(x);
      }
      before = after;
    }
    return minima;
  }

  @Test
  void reachedFrom_isWhereGradientDescentEnds() {
    EffectiveLandscape landscape = new EffectiveLandscape(RIPPLES, 0.006, 0.00001);
    Basins basins = Basins.of(landscape);
    assertThat(basins.all()).hasSizeGreaterThan(5);
    for (int i = 0; i < 100; i++) {
      double start = CounterRandom.of("basins", "start", i).nextDouble() - 0.5;
      double x = start;
      for (int step = 0; step < 5_000; step++) {
        x -= 0.01 * landscape.slope(x);
      }
      assertThat(basins.reachedFrom(start).minimum().x()).isCloseTo(x, within(1e-9));
    }
  }

  @Test
  void barrierAndModeConnectivity_areThoseOfADenseScanOfTheWay() {
    EffectiveLandscape landscape = new EffectiveLandscape(RIPPLES, 0.004, 0);
    Basins basins = Basins.of(landscape);
    for (Basin first : basins.all()) {
      for (Basin second : basins.all()) {
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 5_000; i++) {
          double t = i / 5_000.0;
          double x = (1 - t) * first.minimum().x() + t * second.minimum().x();
          highest = Math.max(highest, landscape.value(x));
          lowest = Math.min(lowest, landscape.value(x));
        }
        double ends = (first.minimum().loss() + second.minimum().loss()) / 2;
        assertThat(basins.barrier(first, second)).isCloseTo(highest - ends, within(1e-7));
        assertThat(basins.modeConnectivity(first, second))
            .isCloseTo(
                highest - ends > ends - lowest ? ends - highest : ends - lowest, within(1e-7));
        assertThat(basins.barrier(first, second)).isEqualTo(basins.barrier(second, first));
        assertThat(basins.barrier(first, first)).isZero();
      }
    }
  }

  @Test
  void aParabola_hasOneBasin() {
    Basins basins = Basins.of(new EffectiveLandscape(RIPPLES, 0, 0.01));
    assertThat(basins.all()).hasSize(1);
    assertThat(basins.lowest().minimum()).isEqualTo(new StationaryPoint(0, 0.005, true));
    assertThat(basins.reachedFrom(-7)).isEqualTo(basins.lowest());
  }

  /** At a w² r = 1 and φ = 0 the minimum at 0 is about to split in two: L'' = 0 there. */
  @Test
  void aMinimumWithoutCurvature_isFoundOnce() {
    List<Ripple> ripple = List.of(new Ripple(1, 16, 0));
    double critical = 1 / 256.0;
    assertThat(minima(ripple, critical))
        .singleElement()
        .satisfies(x -> assertThat(x).isCloseTo(0, within(1e-5)));
    assertThat(minima(ripple, critical * (1 - 1e-6))).hasSize(1);
    List<Double> split = minima(ripple, critical * (1 + 1e-6));
    // L' = x (1 - c) + c w² x³/6: the two are at w x = √(6 (c - 1)) for c near 1.
    assertThat(split).hasSize(2);
    assertThat(split.get(1)).isCloseTo(Math.sqrt(6e-6) / 16, within(1e-8));
    assertThat(split.get(0)).isCloseTo(-split.get(1), within(1e-12));
  }

  private static List<Double> minima(List<Ripple> ripples, double ruggedness) {
    return Basins.of(new EffectiveLandscape(ripples, ruggedness, 0)).all().stream()
        .map(basin -> basin.minimum().x())
        .toList();
  }
}
