package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What averaging the predictions of a cell's models gains, by group of cells.
 *
 * @param group the cells
 * @param cells how many of them have {@code ensemble_accuracy} beside {@code test_accuracy}
 * @param gain mean over them of ensemble accuracy minus mean accuracy of the models, in points,
 *     with Student's interval
 * @param errorsMade how many of them have a mean test error above 0
 * @param improvementRate mean over these of the ensemble improvement rate, (mean error - ensemble
 *     error)/mean error (Theisen et al.: When are ensembles really effective?, 2023); it is
 *     undefined in a cell without errors
 */
public record EnsembleGain(
    CellGroup group, int cells, Estimate gain, int errorsMade, Estimate improvementRate) {
  private static final String ENSEMBLE_ACCURACY = "ensemble_accuracy";

  /** Accuracy without errors, in percent. */
  private static final double PERFECT = 100;

  /** The gain in each group. */
  public static List<EnsembleGain> of(PhasedDiagram diagram) {
    return Arrays.stream(CellGroup.values()).map(group -> of(diagram, group)).toList();
  }

  private static EnsembleGain of(PhasedDiagram diagram, CellGroup group) {
    List<Double> gains = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    List<DiagramCell> all = group.of(diagram);
    for (DiagramCell cell : all) {
      Double ensemble = cell.mean(ENSEMBLE_ACCURACY);
      Double single = cell.mean(Quantities.TEST_ACCURACY);
      if (ensemble != null && single != null) {
        gains.add(ensemble - single);
        if (single < PERFECT) {
          rates.add((ensemble - single) / (PERFECT - single));
        }
      }
    }
    String missing =
        all.isEmpty() ? "no cell is in the group" : ENSEMBLE_ACCURACY + " not measured";
    String undefined = gains.isEmpty() ? missing : "no model makes an error";
    return new EnsembleGain(
        group, gains.size(), estimate(gains, missing), rates.size(), estimate(rates, undefined));
  }

  private static Estimate estimate(List<Double> numbers, String missing) {
    return numbers.isEmpty()
        ? Estimate.none(missing)
        : Means.estimate(numbers.stream().mapToDouble(number -> number).toArray());
  }
}
