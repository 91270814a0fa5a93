package dev.terrain.taxonomy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnobRegressionTest {
  /** Whatever way the products of the features are rounded. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void labelsThatOneFeatureDecides_areFound(int seed) {
    CounterRandom random = CounterRandom.of("test", "knobs", seed);
    List<double[]> features = new ArrayList<>();
    List<Boolean> isHotter = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] row = {random.nextGaussian(), 3 * random.nextGaussian(), random.nextGaussian() / 7};
      features.add(row);
      isHotter.add(row[1] > 0.3);
    }
    KnobRegression regression = KnobRegression.fit(features, isHotter);
    long right = 0;
    for (int i = 0; i < 40; i++) {
      right += regression.isHotter(features.get(i)) == isHotter.get(i) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(38);
  }
}
