package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import org.junit.jupiter.api.Test;

class StraightLineTest {
  private static final PhasedDiagram PUBLISHED =
      new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build());

  private static StraightLine published(BoundaryKind kind) {
    return StraightLine.of(PUBLISHED, kind).orElseThrow();
  }

  @Test
  void of_publishedGrid_isTheKnownHessianLine() {
    StraightLine line = published(BoundaryKind.HESSIAN);

    StraightLine.Relation relation = line.temperatureByLoad().orElseThrow();
    assertThat(relation.intercept()).isCloseTo(10.91, within(0.05));
    assertThat(relation.slope()).isCloseTo(-0.53, within(0.05));
    assertThat(line.rightSide()).isCloseTo(0.964, within(5e-4));
  }

  @Test
  void of_publishedGrid_isTheKnownConnectivityLine() {
    StraightLine line = published(BoundaryKind.CONNECTIVITY);

    StraightLine.Relation relation = line.loadByTemperature().orElseThrow();
    assertThat(relation.intercept()).isCloseTo(-1.38, within(0.05));
    assertThat(relation.slope()).isCloseTo(0.57, within(0.05));
    assertThat(line.rightSide()).isCloseTo(0.947, within(5e-4));
  }

  @Test
  void crossing_publishedGrid_isTheKnownPoint() {
    PlanePoint crossing =
        published(BoundaryKind.HESSIAN)
            .crossing(published(BoundaryKind.CONNECTIVITY))
            .orElseThrow();

    assertThat(crossing.load()).isCloseTo(13.0, within(0.05));
    assertThat(crossing.temperature()).isCloseTo(489, within(0.5));
  }

  @Test
  void of_sidesPartedWithoutError_staysFinite() {
    PhasedDiagram diagram =
        SyntheticGrids.of(6, (c, r) -> r - 2.5, (c, r) -> c - 2.5, 0, "exact", 0);

    StraightLine line = StraightLine.of(diagram, BoundaryKind.HESSIAN).orElseThrow();

    StraightLine.Relation relation = line.temperatureByLoad().orElseThrow();
    assertThat(Math.pow(2, relation.intercept()))
        .isCloseTo(SyntheticGrids.batch(2.5), within(0.01));
    assertThat(relation.slope()).isCloseTo(0, within(1e-6));
    assertThat(line.rightSide()).isEqualTo(1);
  }

  @Test
  void of_oneSideOnly_isEmpty() {
    PhasedDiagram diagram = SyntheticGrids.of(4, (c, r) -> 1, (c, r) -> 1, 0, "alike", 0);

    assertThat(StraightLine.of(diagram, BoundaryKind.HESSIAN)).isEmpty();
  }
}
