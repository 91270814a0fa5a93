package dev.terrain.findings;

import dev.terrain.sweep.SweepExpansion;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.refinement.NextCell;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The sweep that measures some further cells of a study: its grid widened by their values, of which
 * it has the cells that the study has measured and the further ones, and no others. A run of it
 * into the same study computes the further ones and writes tables of all.
 */
public final class SuggestedSweep {
  private SuggestedSweep() {}

  /**
   * The sweep.
   *
   * @param diagrams the measured cells
   * @param further cells to be measured; those of kind REPEAT need more seeds, not a cell, and are
   *     left out
   * @throws IllegalArgumentException if a further axis has lists as its values
   */
  public static Sweep of(Sweep plan, List<Diagram> diagrams, Collection<NextCell> further) {
    Set<CellCondition.Place> places = new LinkedHashSet<>();
    for (Diagram diagram : diagrams) {
      diagram
          .cells()
          .forEach(
              cell ->
                  places.add(
                      new CellCondition.Place(diagram.name(), cell.load(), cell.temperature())));
    }
    List<NextCell> added =
        further.stream().filter(cell -> cell.kind() != NextCell.Kind.REPEAT).toList();
    added.forEach(
        cell -> places.add(new CellCondition.Place(cell.slice(), cell.load(), cell.temperature())));
    Sweep whole =
        Sweep.newBuilder(plan)
            .setLoad(widened(plan.getLoad(), added, NextCell::load))
            .setTemperature(widened(plan.getTemperature(), added, NextCell::temperature))
            .setOnly("")
            .build();
    if (SweepExpansion.of(whole).cellCount() == places.size()) {
      return whole;
    }
    CellCondition condition =
        new CellCondition(plan.getLoad().getSetting(), plan.getTemperature().getSetting());
    return Sweep.newBuilder(whole).setOnly(condition.of(places)).build();
  }

  private static Axis widened(
      Axis axis, List<NextCell> added, ToDoubleFunction<NextCell> coordinate) {
    List<Double> values = new ArrayList<>(axis.getValues().stream().map(Double::valueOf).toList());
    boolean descending = values.size() > 1 && values.get(0) > values.get(1);
    List<String> texts = new ArrayList<>(axis.getValues());
    for (NextCell cell : added) {
      double value = coordinate.applyAsDouble(cell);
      if (!values.contains(value)) {
        values.add(value);
        texts.add(CellCondition.number(value));
      }
    }
    Comparator<String> order = Comparator.comparing(Double::valueOf);
    texts.sort(descending ? order.reversed() : order);
    return Axis.newBuilder(axis).setValues(texts).build();
  }
}
