package dev.terrain.taxonomy.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.Phase;
import dev.terrain.v1.TaxonomySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhaseProbabilitiesTest {
  private final TaxonomySettings thresholds = TaxonomySettings.newBuilder().build();

  private static DiagramCell cell(Map<String, CellValue> values) {
    return new DiagramCell("cell", 0, 0, 1, 1, values);
  }

  @Test
  void studentBelow_hasTheQuantilesOfPrintedTables() {
    assertThat(PhaseProbabilities.studentBelow(2.920, 2)).isCloseTo(0.95, within(1e-4));
    assertThat(PhaseProbabilities.studentBelow(-2.776, 4)).isCloseTo(0.025, within(1e-4));
    assertThat(PhaseProbabilities.studentBelow(1, 1)).isCloseTo(0.75, within(1e-12));
    assertThat(PhaseProbabilities.studentBelow(0, 3)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void probabilities_sumToOneAndFollowTheRule() {
    PhaseProbabilities phases =
        PhaseProbabilities.of(
            cell(
                Map.of(
                    "train_loss", new CellValue(0.01, 5, 0.001, 0.0004),
                    "mode_connectivity", new CellValue(-20, 5, 1.0, 0.5),
                    "cka", new CellValue(0.5, 5, 0.01, 0.01))),
            thresholds);

    assertThat(phases.of(Phase.I)).isCloseTo(0.5, within(1e-6));
    assertThat(phases.of(Phase.III)).isCloseTo(0.5, within(1e-6));
    assertThat(phases.probabilities().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void aQuantityWithoutError_leavesThemUntold() {
    PhaseProbabilities phases =
        PhaseProbabilities.of(
            cell(
                Map.of(
                    "train_loss", CellValue.of(0.5),
                    "mode_connectivity", CellValue.of(1))),
            thresholds);

    assertThat(phases.probabilities()).isEmpty();
    assertThat(phases.reason()).isEqualTo("the error of train_loss is not known");
  }

  @Test
  void ckaIsNotNeeded_whereNoCellCanBeInPhaseFour() {
    PhaseProbabilities phases =
        PhaseProbabilities.of(
            cell(
                Map.of(
                    "train_loss", new CellValue(0.5, 3, 0.0, 0.0),
                    "mode_connectivity", new CellValue(2, 3, 0.0, 0.0))),
            thresholds);

    assertThat(phases.of(Phase.II)).isEqualTo(1);
  }

  /** Of cells whose phase has a probability of about p, a share of about p is in it. */
  @Test
  void probabilities_areCalibrated() {
    CounterRandom random = CounterRandom.of("phase probabilities", "calibration", 0);
    double[] claimed = new double[5];
    double[] right = new double[5];
    int[] cells = new int[5];
    for (int i = 0; i < 30_000; i++) {
      int seeds = 3 + random.nextInt(4);
      double loss = 0.01 + 0.004 * random.nextGaussian();
      double connectivity = -0.5 + 2 * random.nextGaussian();
      double cka = 0.65 + 0.05 * random.nextGaussian();
      Map<String, CellValue> values = new HashMap<>();
      values.put("train_loss", measured(random, loss, 0.003, seeds));
      values.put("mode_connectivity", measured(random, connectivity, 2, seeds));
      values.put("cka", measured(random, cka, 0.05, seeds));
      PhaseProbabilities phases = PhaseProbabilities.of(cell(values), thresholds);
      Map.Entry<Phase, Double> likeliest =
          phases.probabilities().entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .orElseThrow();
      Optional<Phase> truth =
          new PhasedDiagram(
                  Diagram.of(
                      "",
                      new DiagramAxis("width", java.util.List.of(1.0), false),
                      new DiagramAxis("batch_size", java.util.List.of(1.0), false),
                      java.util.List.of(
                          new Diagram.Entry(
                              "cell",
                              1,
                              1,
                              Map.of(
                                  "train_loss", CellValue.of(loss),
                                  "mode_connectivity", CellValue.of(connectivity),
                                  "cka", CellValue.of(cka))))),
                  thresholds)
              .phase(cell(values));
      int bin = Math.min((int) (5 * likeliest.getValue()), 4);
      cells[bin]++;
      claimed[bin] += likeliest.getValue();
      right[bin] += truth.filter(likeliest.getKey()::equals).isPresent() ? 1 : 0;
    }
    for (int bin = 2; bin < 5; bin++) {
      assertThat(right[bin] / cells[bin]).isCloseTo(claimed[bin] / cells[bin], within(0.04));
    }
  }

  private static CellValue measured(CounterRandom random, double mean, double noise, int seeds) {
    double[] values = new double[seeds];
    double sum = 0;
    for (int i = 0; i < seeds; i++) {
      values[i] = mean + noise * random.nextGaussian();
      sum += values[i];
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - sum / seeds) * (value - sum / seeds);
    }
    double deviation = Math.sqrt(squares / (seeds - 1));
    return new CellValue(sum / seeds, seeds, deviation, deviation / Math.sqrt(seeds));
  }
}
