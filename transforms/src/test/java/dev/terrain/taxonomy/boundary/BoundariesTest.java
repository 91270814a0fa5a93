package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundariesTest {
  private static final int SIZE = 9;

  private static Boundaries boundaries(double from, String id) {
    return Boundaries.of(
        SyntheticGrids.of(SIZE, (c, r) -> r - from, (c, r) -> c - 3.4, 0.1, id, 0), id);
  }

  @Test
  void triplePoint_knownCrossing_isInItsInterval() {
    TriplePoint triple = boundaries(4.6, "known").triplePoint();

    PlanePoint point = triple.point().orElseThrow();
    assertThat(point.column()).isCloseTo(3.4, within(0.5));
    assertThat(point.row()).isCloseTo(4.6, within(0.5));
    assertThat(triple.low().column()).isLessThan(3.4);
    assertThat(triple.high().column()).isGreaterThan(3.4);
    assertThat(triple.low().row()).isLessThan(4.6);
    assertThat(triple.high().row()).isGreaterThan(4.6);
    assertThat(triple.share()).isGreaterThan(0.99);
    assertThat(point.load()).isCloseTo(SyntheticGrids.width(point.column()), within(1e-9));
    assertThat(point.temperature()).isCloseTo(SyntheticGrids.batch(point.row()), within(1e-9));
  }

  @Test
  void triplePoint_boundariesThatNeverMeet_isNone() {
    TriplePoint triple =
        Boundaries.of(
                SyntheticGrids.of(SIZE, (c, r) -> r - 5.5, (c, r) -> r - 2.5, 0, "apart", 0), "x")
            .triplePoint();

    assertThat(triple.point()).isEmpty();
    assertThat(triple.sentence()).contains("No triple point here", "of the draws");
  }

  @Test
  void triplePoint_oneBoundaryMissing_saysWhich() {
    TriplePoint triple =
        Boundaries.of(SyntheticGrids.of(4, (c, r) -> 1, (c, r) -> c - 1.5, 0, "one", 0), "x")
            .triplePoint();

    assertThat(triple.point()).isEmpty();
    assertThat(triple.sentence()).contains("No Hessian transition here");
  }

  @Test
  void of_publishedGrid_triplePointIsWhereItsBracketsMeet() {
    Boundaries published =
        Boundaries.of(
            new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build()),
            "published");

    PlanePoint point = published.triplePoint().point().orElseThrow();

    assertThat(point.load()).isBetween(11.0, 16.0);
    assertThat(point.temperature()).isBetween(256.0, 512.0);
    assertThat(published.lineCrossing().orElseThrow().load()).isCloseTo(13.0, within(0.05));
  }

  @Test
  void of_sameId_givesTheSameNumbers() {
    assertThat(boundaries(4.6, "same").triplePoint())
        .isEqualTo(boundaries(4.6, "same").triplePoint());
  }

  @Test
  void shift_boundaryMovedByTwoRows_isTwoSteps() {
    BoundaryShift shift =
        boundaries(5.5, "cold").shift(boundaries(3.5, "hot"), BoundaryKind.HESSIAN);

    BoundaryShift.Estimate mean = shift.mean().orElseThrow();
    assertThat(mean.median()).isCloseTo(2, within(0.4));
    assertThat(mean.low()).isLessThan(2);
    assertThat(mean.high()).isGreaterThan(2);
    assertThat(shift.lines()).hasSize(SIZE);
    assertThat(shift.sentence()).contains("grows by", "grid steps of batch_size");
  }

  @Test
  void shift_sameBoundary_isZeroWithinItsInterval() {
    BoundaryShift.Estimate mean =
        boundaries(4.5, "a")
            .shift(boundaries(4.5, "b"), BoundaryKind.CONNECTIVITY)
            .mean()
            .orElseThrow();

    assertThat(List.of(mean.low(), -mean.high())).allSatisfy(v -> assertThat(v).isNegative());
  }

  @Test
  void shift_noBoundaryInOne_saysWhich() {
    Boundaries none =
        Boundaries.of(SyntheticGrids.of(SIZE, (c, r) -> 1, (c, r) -> 1, 0, "none", 0), "x");

    BoundaryShift shift = boundaries(4.5, "a").shift(none, BoundaryKind.HESSIAN);

    assertThat(shift.mean()).isEmpty();
    assertThat(shift.sentence()).contains("the second diagram has none");
  }
}
