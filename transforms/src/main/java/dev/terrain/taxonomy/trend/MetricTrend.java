package dev.terrain.taxonomy.trend;

import java.util.List;

/**
 * How test accuracy goes with one quantity over a group of cells.
 *
 * @param quantity its name, as {@link Quantities} gives it
 * @param group the cells
 * @param cells n, how many of them have both numbers
 * @param spearman Spearman's ρ
 * @param kendall Kendall's τ_b
 * @param conditional Spearman's ρ given load and temperature, as {@link Trends} says
 * @param controls the settings that it is conditional on: those of load and temperature that vary
 *     among the cells
 */
public record MetricTrend(
    String quantity,
    CellGroup group,
    int cells,
    Estimate spearman,
    Estimate kendall,
    Estimate conditional,
    List<String> controls) {

  /** Copies the controls. */
  public MetricTrend {
    controls = List.copyOf(controls);
  }
}
