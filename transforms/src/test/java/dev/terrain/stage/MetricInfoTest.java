package dev.terrain.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricInfoTest {
  private static final Variant DEFAULT =
      Variant.standard("nats", Range.NOT_NEGATIVE, "L(θ)", "Nobody 2020");

  private static MetricInfo metric(String name, List<Variant> variants) {
    return new MetricInfo(
        name,
        "A metric",
        variants,
        Scale.LINEAR,
        Better.LOWER,
        Summary.MEAN_OVER_MODELS,
        "1 forward pass");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Loss", "train-loss", "_loss", "loss_", "train__loss", "2_norm"})
  void nameMustBeLowerSnakeCase(String name) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> metric(name, List.of(DEFAULT)));

    assertEquals("metric '" + name + "' must be named in lower_snake_case", e.getMessage());
  }

  @Test
  void variantMayNotAppearTwice() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> metric("loss", List.of(DEFAULT, DEFAULT.named("paper"), DEFAULT)));

    assertEquals("metric 'loss' has the variant 'default' twice", e.getMessage());
  }

  @Test
  void variantMustSayItsUnit() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Variant.standard(" ", Range.ALL, "L(θ)", "Nobody 2020"));
  }

  @Test
  void rangeIsWrittenAsMathematicsDoes() {
    assertEquals("(-∞, ∞)", Range.ALL.toString());
    assertEquals("[0, ∞)", Range.NOT_NEGATIVE.toString());
    assertEquals("[-0.5, 1]", new Range(-0.5, 1).toString());
  }

  @Test
  void rangeHoldsItsEndsAndNothingBeyond() {
    assertTrue(Range.PERCENT.contains(0) && Range.PERCENT.contains(100));
    assertFalse(Range.PERCENT.contains(Math.nextUp(100.0)));
    assertFalse(Range.ALL.contains(Double.NaN));
  }

  @Test
  void metricOfTwoStagesIsRefused() {
    List<MetricInfo> loss = List.of(metric("loss", List.of(DEFAULT)));

    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MetricCatalogue(Map.of("one", loss, "two", loss)));

    assertTrue(e.getMessage().startsWith("metric 'loss' is declared twice"), e::getMessage);
  }

  @Test
  void metricThatNoStageMeasures_isSummarisedByItsSubject_andAnotherSubjectIsRefused() {
    MetricCatalogue catalogue = MetricCatalogue.standard();

    assertEquals(Summary.MEAN_OVER_PAIRS, catalogue.summary("cka", Subject.PAIR));
    assertEquals(
        Summary.MEAN_OVER_CONNECTED_PAIRS, catalogue.summary("linear_barrier", Subject.PAIR));
    assertEquals(Summary.ONE_VALUE, catalogue.summary("of_a_plugin", Subject.CELL));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> catalogue.summary("cka", Subject.MODEL));
    assertEquals("metric 'cka' is of a PAIR, not of a MODEL", e.getMessage());
  }

  @Test
  void metricThatIsMistyped_isAskedBack() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> MetricCatalogue.standard().named("hesian_trace"));

    assertEquals(
        "metric 'hesian_trace' is none that a stage measures; did you mean 'hessian_trace'?",
        e.getMessage());
  }
}
