package dev.terrain.taxonomy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundaryTest {
  private static final int SEEDS = 200;
  private static final int DRAWS = 100;
  private static final int SIZE = 9;
  private static final int SMALL = 8;
  private static final double NOISE = 0.4;

  /** A seed counts if at least .95 of the length of the true boundary lies in the band. */
  private static int recovered(SyntheticGrids.Truth truth, String id, int seeds) {
    int recovered = 0;
    for (int seed = 0; seed < seeds; seed++) {
      PhasedDiagram diagram = SyntheticGrids.of(SMALL, truth, truth, NOISE, id, seed);
      Boundary boundary = Boundary.of(diagram, BoundaryKind.HESSIAN, id + seed, DRAWS);
      recovered +=
          boundary.curve().filter(curve -> shareInBand(truth, curve) >= 0.95).isPresent() ? 1 : 0;
    }
    return recovered;
  }

  private static double shareInBand(SyntheticGrids.Truth truth, BoundaryCurve curve) {
    double[] columns = curve.latticeColumns();
    double[] rows = curve.latticeRows();
    int inside = 0;
    int all = 0;
    for (int r = 0; r + 1 < rows.length; r++) {
      for (int c = 0; c + 1 < columns.length; c++) {
        boolean side = truth.at(columns[c], rows[r]) > 0;
        if (truth.at(columns[c + 1], rows[r]) > 0 != side
            || truth.at(columns[c], rows[r + 1]) > 0 != side) {
          all++;
          inside += curve.isInBand(c, r) ? 1 : 0;
        }
      }
    }
    return inside / (double) all;
  }

  @Test
  void of_straightBoundary_isInTheBandInNineOfTenSeeds() {
    assertThat(recovered((c, r) -> (r - 6 + 0.4 * c) / Math.hypot(1, 0.4), "straight", SEEDS))
        .isGreaterThanOrEqualTo(SEEDS * 9 / 10);
  }

  @Test
  void of_boundaryThatTurnsBack_isInTheBandInNineOfTenSeeds() {
    SyntheticGrids.Truth truth =
        (c, r) -> (c - 2 - Math.pow(r - 4, 2) / 4.7) / Math.hypot(1, (r - 4) / 2.35);

    assertThat(recovered(truth, "turning", SEEDS)).isGreaterThanOrEqualTo(SEEDS * 9 / 10);
  }

  @Test
  void of_coldestRowPoorlyConnectedAtEveryWidth_turnsAboveIt() {
    SyntheticGrids.Truth truth = (c, r) -> Math.min(c - 1.6 - 0.3 * r, 7.4 - r);
    PhasedDiagram diagram = SyntheticGrids.of(SIZE, (c, r) -> 1, truth, 0.05, "coldest", 0);

    BoundaryCurve curve =
        Boundary.of(diagram, BoundaryKind.CONNECTIVITY, "x", 300).curve().orElseThrow();

    for (DiagramCell cell : diagram.cells()) {
      double distance = curve.distance(cell.id()).orElseThrow().distance();
      assertThat(distance > 0).isEqualTo(truth.at(cell.column(), cell.row()) > 0);
    }
    for (int column = 6; column < SIZE; column++) {
      List<AxisRange> ranges = curve.bandByColumn().get(column).ranges();
      assertThat(ranges).isNotEmpty();
      AxisRange last = ranges.get(ranges.size() - 1);
      assertThat(last.from()).isLessThan(7.4);
      assertThat(last.to()).isGreaterThan(7.4);
    }
    assertThat(shareInBand(truth, curve)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void of_pureNoise_claimsNoBoundaryInNineteenOfTwentySeeds() {
    int claimed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      PhasedDiagram noise =
          SyntheticGrids.of(SIZE, (c, r) -> 0.3, (c, r) -> 0, 1, "pure noise", seed);
      boolean hessian =
          Boundary.of(noise, BoundaryKind.HESSIAN, "h" + seed, DRAWS).curve().isPresent();
      boolean connectivity =
          Boundary.of(noise, BoundaryKind.CONNECTIVITY, "c" + seed, DRAWS).curve().isPresent();
      claimed += hessian || connectivity ? 1 : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(SEEDS / 20);
  }

  @Test
  void of_publishedGrid_bandsHoldTheBrackets() {
    PhasedDiagram published =
        new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build());

    Boundary boundary = Boundary.of(published, BoundaryKind.HESSIAN, "published", 300);

    BoundaryCurve curve = boundary.curve().orElseThrow();
    for (Bracket bracket : Brackets.of(published, BoundaryKind.HESSIAN)) {
      bracket
          .transition()
          .ifPresent(
              change -> {
                AxisRange band = curve.bandByColumn().get(bracket.line()).ranges().get(0);
                assertThat(band.fromValue()).isLessThan(change.above());
                assertThat(band.toValue()).isGreaterThan(change.below());
              });
    }
    assertThat(curve.meanBandWidth()).isLessThan(2);
    assertThat(curve.distance("w128-b1024").orElseThrow().distance()).isGreaterThan(3);
    assertThat(curve.distance("w2-b16").orElseThrow().distance()).isLessThan(-6);
    assertThat(boundary.sentence()).contains("39 converged", "130 not converged");
  }

  @Test
  void of_publishedCrossover_liesAmongPhaseFourCellsOnly() {
    PhasedDiagram published =
        new PhasedDiagram(PublishedGrid.fullData(), TaxonomySettings.newBuilder().build());

    BoundaryCurve curve =
        Boundary.of(published, BoundaryKind.CROSSOVER, "published", 300).curve().orElseThrow();

    assertThat(curve.distances()).hasSize(33);
    assertThat(curve.pieces())
        .allSatisfy(
            piece ->
                assertThat(piece).allSatisfy(p -> assertThat(p.temperature()).isGreaterThan(213)));
    assertThat(curve.bandByColumn().get(0).ranges()).isEmpty();
    assertThat(curve.probability(0, 0)).isEmpty();
  }

  @Test
  void of_thirdOfTheCellsMissing_stillFindsIt() {
    SyntheticGrids.Truth truth = (c, r) -> r - 4.5;
    CounterRandom random = CounterRandom.of("missing", "cells", 0);
    List<Diagram.Entry> entries = new ArrayList<>();
    for (DiagramCell cell : SyntheticGrids.of(SIZE, truth, truth, 0, "missing", 0).cells()) {
      if (random.nextInt(3) > 0) {
        entries.add(new Diagram.Entry(cell.id(), cell.load(), cell.temperature(), cell.values()));
      }
    }

    BoundaryCurve curve =
        Boundary.of(SyntheticGrids.phased(SIZE, entries), BoundaryKind.HESSIAN, "x", DRAWS)
            .curve()
            .orElseThrow();

    assertThat(shareInBand(truth, curve)).isEqualTo(1);
  }

  @Test
  void of_cellsThatCannotTell_saysWhy() {
    PhasedDiagram alike = SyntheticGrids.of(3, (c, r) -> 1, (c, r) -> 1, 0, "alike", 0);
    PhasedDiagram one = SyntheticGrids.of(4, (c, r) -> c + r - 5.5, (c, r) -> 1, 0, "one", 0);
    List<Diagram.Entry> row = new ArrayList<>();
    for (int column = 0; column < 8; column++) {
      double loss = column < 4 ? 1 : 1e-4;
      row.add(
          new Diagram.Entry(
              "c" + column,
              SyntheticGrids.width(column),
              SyntheticGrids.batch(0),
              Map.of("train_loss", CellValue.of(loss))));
    }

    assertThat(sentence(alike, BoundaryKind.HESSIAN))
        .contains("all 9 measured cells are converged");
    assertThat(sentence(one, BoundaryKind.HESSIAN)).contains("only 1 measured cell is converged");
    assertThat(sentence(SyntheticGrids.phased(8, row), BoundaryKind.HESSIAN))
        .contains("all measured cells are in one row");
    assertThat(sentence(SyntheticGrids.phased(8, row), BoundaryKind.CONNECTIVITY))
        .contains("no measured cell");
    assertThat(sentence(SyntheticGrids.phased(8, row), BoundaryKind.CROSSOVER))
        .contains("No crossover here: no phase-IV cell");
  }

  private static String sentence(PhasedDiagram diagram, BoundaryKind kind) {
    Boundary boundary = Boundary.of(diagram, kind, "x", DRAWS);
    assertThat(boundary.curve()).isEmpty();
    return boundary.sentence();
  }

  @Test
  void distance_straightBoundary_isInGridSteps() {
    PhasedDiagram diagram =
        SyntheticGrids.of(SIZE, (c, r) -> r - 4.5, (c, r) -> 1, 0, "straight", 0);

    BoundaryCurve curve =
        Boundary.of(diagram, BoundaryKind.HESSIAN, "x", 300).curve().orElseThrow();

    assertThat(curve.distance("4-7").orElseThrow().distance()).isCloseTo(2.5, within(0.25));
    assertThat(curve.distance("4-1").orElseThrow().distance()).isCloseTo(-3.5, within(0.25));
    assertThat(curve.distance("4-1").orElseThrow().inBand()).isFalse();
  }
}
