package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import org.junit.jupiter.api.Test;

class MatchedComparisonTest {
  private static PhasedDiagram grid(double traceOfIII, double accuracyOfIII) {
    return new SyntheticGrid(2, 2)
        .with("train_loss", (column, row) -> 0.001)
        .with("mode_connectivity", (column, row) -> column == 0 ? -8 : 0)
        .with("cka", (column, row) -> 0.7)
        .with("hessian_trace", (column, row) -> column == 0 ? traceOfIII : 100)
        .with("test_accuracy", (column, row) -> column == 0 ? accuracyOfIII : 80 + row)
        .phased("");
  }

  /** The accuracies that the study's released table has in these cells. */
  @Test
  void of_findsPoorlyConnectedCellsOfThePublishedGridWorseThanTheirPartners() {
    MatchedComparison comparison =
        MatchedComparison.of(
            new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build()));

    assertThat(comparison.candidates()).isEqualTo(6);
    assertThat(comparison.matched()).hasSize(4);
    assertThat(comparison.lower()).isEqualTo(4);
    assertThat(comparison.higher()).isZero();
    assertThat(comparison.matched())
        .allMatch(it -> it.difference() < -0.65 && it.difference() > -9.25);
    MatchedComparison.Match coldest =
        comparison.matched().stream()
            .filter(it -> it.cell().id().equals("w8-b1024"))
            .findFirst()
            .orElseThrow();
    assertThat(coldest.partners()).hasSize(1);
    assertThat(coldest.partners().get(0).id()).isEqualTo("w23-b1024");
    assertThat(coldest.difference()).isCloseTo(76.8 - 80.4, within(0.1));
  }

  @Test
  void of_comparesWithTheMeanOfAllPartners() {
    MatchedComparison comparison = MatchedComparison.of(grid(105, 78));

    assertThat(comparison.pairs()).isEqualTo(4);
    assertThat(comparison.difference().value()).isCloseTo(78 - 80.5, within(1e-12));
    assertThat(comparison.difference().interval()).isNull();
  }

  @Test
  void of_matchesNothingBeyondATenthInTheLogarithm() {
    MatchedComparison comparison = MatchedComparison.of(grid(100 * Math.exp(0.11), 78));

    assertThat(comparison.candidates()).isEqualTo(2);
    assertThat(comparison.difference())
        .isEqualTo(Estimate.none("no cell of phase III has one of phase IV with the same trace"));
  }

  @Test
  void of_takesNoLogarithmOfATraceThatIsNotPositive() {
    assertThat(MatchedComparison.of(grid(-3, 78)).difference().reason())
        .isEqualTo("no cell is converged and poorly connected with a known accuracy and trace");
  }
}
