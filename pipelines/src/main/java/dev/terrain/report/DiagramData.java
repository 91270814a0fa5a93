package dev.terrain.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terrain.report.Findings.Advice;
import dev.terrain.report.Findings.Boundary;
import dev.terrain.report.Findings.TriplePoint;
import dev.terrain.report.PageData.Link;
import dev.terrain.report.PageData.Seed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One phase diagram in the JSON of a page.
 *
 * @param name of its slice; empty if there is one diagram only
 * @param at values of the further axes by setting
 * @param sentence below the phases
 * @param cells that were measured, in any order; a place without one was not measured
 * @param sentences below the maps, by the keys of the metrics
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DiagramData(
    String name,
    Map<String, String> at,
    String sentence,
    List<CellData> cells,
    List<Boundary> boundaries,
    @Nullable TriplePoint triple,
    Map<String, String> sentences) {

  /**
   * A measured cell.
   *
   * @param column index of its load value
   * @param row index of its temperature value
   * @param phase its label; null if it cannot be told
   * @param probability of its phase, in [0, 1]; null if not known
   * @param probabilities of all phases by label; empty if not known
   * @param why the inequalities that decided the phase, or why there is none
   * @param unsure why there is no probability
   * @param models trained models
   * @param diverged models that diverged, which have no part in the values
   * @param distances to the boundaries by name, in steps of the grid
   * @param values by the keys of the metrics: [mean, standard deviation, number of values, standard
   *     error of the measurement, number of models or pairs, why there is no mean], null where
   *     unknown, cut after the last that is known; rounded to seven significant digits
   * @param seeds its models
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record CellData(
      String id,
      int column,
      int row,
      double load,
      double temperature,
      @Nullable String phase,
      @Nullable Double probability,
      Map<String, Double> probabilities,
      @Nullable String why,
      @Nullable String unsure,
      int models,
      int diverged,
      Map<String, Double> distances,
      @Nullable Advice advice,
      Map<String, List<@Nullable Object>> values,
      List<Seed> seeds,
      List<Link> links) {}
}
