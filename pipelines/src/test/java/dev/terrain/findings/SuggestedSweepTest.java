package dev.terrain.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.sweep.SweepYaml;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.refinement.NextCell;
import dev.terrain.taxonomy.refinement.NextCell.Kind;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestedSweepTest {
  private static final Sweep PLAN =
      SweepFile.parse(
          """
          base: {epochs: 3}
          axes:
            load: {width: [2, 4]}
            temperature: {batch_size: [64, 16]}
            other: {label_noise: [0, 0.1], architecture: [mlp]}
          seeds: 3
          """,
          "plan");

  private static List<Diagram> measured(boolean all) {
    List<Diagram> diagrams = new ArrayList<>();
    for (String noise : List.of("0", "0.1")) {
      List<Diagram.Entry> entries = new ArrayList<>();
      for (double width : new double[] {2, 4}) {
        for (double batch : new double[] {16, 64}) {
          if (all || width < 4 || batch < 64) {
            String id = noise + "/" + width + "/" + batch;
            entries.add(new Diagram.Entry(id, width, batch, Map.of()));
          }
        }
      }
      diagrams.add(
          Diagram.of(
              "label_noise=" + noise + ", architecture=mlp",
              DiagramAxis.load("width", List.of(2.0, 4.0)),
              DiagramAxis.temperature("batch_size", List.of(16.0, 64.0)),
              entries));
    }
    return diagrams;
  }

  private static NextCell next(String noise, double width, double batch, Kind kind) {
    String slice = "label_noise=" + noise + ", architecture=mlp";
    return new NextCell(slice, width, batch, kind, null, 0, "");
  }

  private static List<String> cells(Sweep sweep) {
    return SweepExpansion.of(SweepFile.parse(SweepYaml.write(sweep), "file"))
        .cells()
        .map(cell -> cell.getLabelNoise() + "/" + cell.getWidth() + "/" + cell.getBatchSize())
        .toList();
  }

  @Test
  void ofNewValues_hasTheMeasuredCellsAndTheNewOnesAlone() {
    Sweep sweep =
        SuggestedSweep.of(
            PLAN,
            measured(true),
            List.of(next("0.1", 3, 16, Kind.BETWEEN), next("0", 4, 32, Kind.BETWEEN)));

    assertThat(sweep.getLoad().getValues()).containsExactly("2", "3", "4");
    assertThat(sweep.getTemperature().getValues()).containsExactly("64", "32", "16");
    assertThat(cells(sweep))
        .containsExactlyInAnyOrder(
            "0.0/2/16",
            "0.0/2/64",
            "0.0/4/16",
            "0.0/4/64",
            "0.1/2/16",
            "0.1/2/64",
            "0.1/4/16",
            "0.1/4/64",
            "0.1/3/16",
            "0.0/4/32");
  }

  @Test
  void ofTheLastMissingCells_isTheWholeGridWithoutCondition() {
    Sweep sweep =
        SuggestedSweep.of(
            PLAN,
            measured(false),
            List.of(next("0", 4, 64, Kind.MEASURE), next("0.1", 4, 64, Kind.MEASURE)));

    assertThat(sweep).isEqualTo(PLAN);
  }

  @Test
  void ofAMissingCell_leavesTheOtherMissingOnesOut() {
    Sweep sweep = SuggestedSweep.of(PLAN, measured(false), List.of(next("0", 4, 64, Kind.MEASURE)));

    assertThat(cells(sweep)).hasSize(7).contains("0.0/4/64").doesNotContain("0.1/4/64");
  }

  @Test
  void ofRepeats_isThePlan() {
    assertThat(SuggestedSweep.of(PLAN, measured(true), List.of(next("0", 2, 16, Kind.REPEAT))))
        .isEqualTo(PLAN);
  }
}
