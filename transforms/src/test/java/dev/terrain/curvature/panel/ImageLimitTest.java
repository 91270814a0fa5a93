package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.v1.CurvatureSettings;
import org.junit.jupiter.api.Test;

class ImageLimitTest {
  private static final CurvaturePanel PANEL =
      CurvaturePanel.measure(
          SampledMatrices.around(
              MatrixOperator.diagonal(10, 9, 8, 1, 1, 1, 0.5, 0.5, -0.1, 0).rows(),
              2,
              20,
              20,
              20,
              20,
              20),
          CurvatureSettings.newBuilder().build(),
          100,
          "model");

  @Test
  void aSampleOfMoreImagesIsHeldAgainstTheAccuracy() {
    ImageLimit limit = new ImageLimit(0.01, 100, 1_000_000);
    CurvatureEstimate trace = limit.applied(PANEL).trace();

    assertThat(limit.limits(PANEL)).isTrue();
    assertThat(trace.converged()).isFalse();
    assertThat(trace.value()).isEqualTo(PANEL.trace().value());
    assertThat(trace.dataStandardError()).isEqualTo(PANEL.trace().dataStandardError());
    assertThat(trace.reason())
        .isEqualTo(
            "the data error %.2g is above 0.0100 times %.3g with 100 of 1000000 training images"
                .formatted(Math.sqrt(1 - 1e-4) * trace.dataStandardError(), trace.value()));
  }

  @Test
  void allTrainingImagesLeaveNothingToWishFor() {
    ImageLimit limit = new ImageLimit(1e-9, 100, 100);

    assertThat(limit.limits(PANEL)).isFalse();
    assertThat(limit.applied(PANEL)).isEqualTo(PANEL);
  }

  @Test
  void aSampleDrawnWithoutReplacementKnowsMoreThanItsSizeSays() {
    double relative = PANEL.trace().dataStandardError() / PANEL.trace().value();

    // With 100 of 200 images the error is √½ of that with 100 of very many.
    assertThat(new ImageLimit(0.75 * relative, 100, 200).applied(PANEL).trace().converged())
        .isTrue();
    assertThat(new ImageLimit(0.65 * relative, 100, 200).applied(PANEL).trace().converged())
        .isFalse();
  }

  @Test
  void aSmallestEigenvalueNearZeroIsHeldAgainstTheLargest() {
    CurvatureEstimate smallest = PANEL.lower().get(0);
    double error = Math.max(smallest.dataStandardError(), Math.abs(smallest.dataBias())) / 10;

    assertThat(Math.abs(smallest.value())).isLessThan(1);
    assertThat(new ImageLimit(1.1 * error, 100, 1_000_000_000).applied(PANEL).lower().get(0))
        .isEqualTo(smallest);
    assertThat(
            new ImageLimit(0.9 * error, 100, 1_000_000_000)
                .applied(PANEL)
                .lower()
                .get(0)
                .converged())
        .isFalse();
  }

  @Test
  void aFurtherReasonComesAfterTheFirst() {
    CurvatureEstimate estimate = new CurvatureEstimate(1.0, 0.2, null, null, null, "few probes");

    assertThat(estimate.withReason("few images").reason()).isEqualTo("few probes; few images");
  }
}
