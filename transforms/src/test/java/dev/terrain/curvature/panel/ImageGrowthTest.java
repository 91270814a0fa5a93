package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.v1.CurvatureSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ImageGrowthTest {
  private static final double[] VALUES =
      IntStream.range(0, 30).mapToDouble(i -> i < 3 ? 10 - i : 0.05).toArray();

  private final List<Integer> measured = new ArrayList<>();

  /** Ten batches whose matrices differ by {@code noise} / √examples in every entry. */
  private LinearOperator operator(double noise, int examples) {
    measured.add(examples);
    int[] sizes = IntStream.generate(() -> examples / 10).limit(10).toArray();
    return SampledMatrices.around(
        MatrixOperator.rotated(VALUES).rows(), noise / Math.sqrt(examples), sizes);
  }

  private ImageGrowth<CurvaturePanel> measure(
      double noise, int available, CurvatureSettings.Builder settings) {
    return ImageGrowth.ofPanel(
        examples -> operator(noise, examples), available, settings.build(), "model");
  }

  private static CurvatureSettings.Builder settings() {
    return CurvatureSettings.newBuilder()
        .setExamples(100)
        .setMaxExamples(1600)
        .setMaxProducts(2000)
        .setRelativeError(0.05);
  }

  @Test
  void theSampleIsDoubledUntilItsErrorIsSmallEnough() {
    ImageGrowth<CurvaturePanel> growth = measure(12, 10_000, settings());

    assertThat(measured.size()).isBetween(2, 5);
    for (int i = 1; i < measured.size(); i++) {
      assertThat(measured.get(i)).isEqualTo(2 * measured.get(i - 1));
    }
    assertThat(growth.examples()).isEqualTo(measured.get(measured.size() - 1));
    assertThat(growth.measure().trace().converged()).isTrue();
    assertThat(growth.measure().upper().get(0).converged()).isTrue();
    assertThat(growth.products()).isGreaterThan(growth.measure().products());
  }

  @Test
  void aSampleThatIsLargeEnoughStays() {
    ImageGrowth<CurvaturePanel> growth = measure(1e-3, 10_000, settings());

    assertThat(measured).containsExactly(100);
    assertThat(growth.products()).isEqualTo(growth.measure().products());
  }

  @Test
  void itEndsWithTheImagesThereAre() {
    ImageGrowth<CurvaturePanel> growth = measure(1000, 150, settings());

    assertThat(measured).containsExactly(100, 150);
    assertThat(growth.examples()).isEqualTo(150);
    // No other training image could tell more of the training loss.
    assertThat(growth.measure().trace().converged()).isTrue();
    assertThat(growth.measure().trace().dataStandardError())
        .isGreaterThan(0.05 * growth.measure().trace().value());
  }

  @Test
  void itEndsWithTheImagesThatAreAllowed() {
    measure(1000, 10_000, settings().setMaxExamples(200).setRelativeError(0.02));

    assertThat(measured.get(measured.size() - 1)).isLessThanOrEqualTo(200);
  }

  @Test
  void itEndsWithTheProducts() {
    long once = measure(12, 100, settings()).products();
    measured.clear();

    ImageGrowth<CurvaturePanel> growth =
        measure(12, 10_000, settings().setMaxProducts((int) (2 * once - 1)));

    assertThat(measured).containsExactly(100);
    assertThat(growth.products()).isEqualTo(once);
    assertThat(growth.measure().trace().converged()).isFalse();
    assertThat(growth.measure().trace().reason())
        .contains("data error")
        .endsWith("with 100 of 10000 training images");
  }
}
