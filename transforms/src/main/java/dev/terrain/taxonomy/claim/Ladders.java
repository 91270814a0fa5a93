package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cells that differ in one setting alone, whether it is an axis of the diagrams or one of those
 * that tell the diagrams apart.
 *
 * @param name the setting, as the diagrams call it
 * @param ladders groups of at least two cells, ascending in the setting
 */
record Ladders(String name, List<List<Rung>> ladders) {

  static Ladders of(Setting setting, List<PhasedDiagram> diagrams) {
    TreeMap<String, List<Rung>> groups = new TreeMap<>();
    for (PhasedDiagram diagram : diagrams) {
      for (DiagramCell cell : diagram.cells()) {
        Double value = value(setting, diagram, cell);
        if (value != null) {
          groups
              .computeIfAbsent(allElse(setting, diagram, cell), key -> new ArrayList<>())
              .add(new Rung(diagram, cell, value));
        }
      }
    }
    return new Ladders(name(setting, diagrams), List.copyOf(groups.values())).where(rung -> true);
  }

  private static String name(Setting setting, List<PhasedDiagram> diagrams) {
    TreeSet<String> known = new TreeSet<>();
    for (PhasedDiagram diagram : diagrams) {
      known.add(diagram.diagram().load().setting());
      known.add(diagram.diagram().temperature().setting());
      known.addAll(SliceSettings.of(diagram).values().keySet());
    }
    return setting.names().stream().filter(known::contains).findFirst().orElse(setting.word());
  }

  private static @Nullable Double value(Setting setting, PhasedDiagram diagram, DiagramCell cell) {
    if (setting.names().contains(diagram.diagram().load().setting())) {
      return cell.load();
    }
    if (setting.names().contains(diagram.diagram().temperature().setting())) {
      return cell.temperature();
    }
    TreeMap<String, String> values = SliceSettings.of(diagram).values();
    for (String name : setting.names()) {
      String text = values.get(name);
      if (text != null) {
        try {
          return Double.valueOf(text);
        } catch (NumberFormatException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static String allElse(Setting setting, PhasedDiagram diagram, DiagramCell cell) {
    TreeMap<String, String> settings = SliceSettings.of(diagram).values();
    settings.put(diagram.diagram().load().setting(), String.valueOf(cell.load()));
    settings.put(diagram.diagram().temperature().setting(), String.valueOf(cell.temperature()));
    settings.keySet().removeAll(setting.names());
    return settings.toString();
  }

  /** The rungs that pass, of the ladders that keep at least two. */
  Ladders where(Predicate<Rung> passes) {
    List<List<Rung>> kept = new ArrayList<>();
    for (List<Rung> ladder : ladders) {
      List<Rung> rungs =
          ladder.stream().filter(passes).sorted(Comparator.comparingDouble(Rung::value)).toList();
      if (rungs.size() > 1) {
        kept.add(rungs);
      }
    }
    return new Ladders(name, kept);
  }

  /** The ladders that pass. */
  Ladders ofWhich(Predicate<List<Rung>> passes) {
    return new Ladders(name, ladders.stream().filter(passes).toList());
  }

  boolean isEmpty() {
    return ladders.isEmpty();
  }

  List<DiagramCell> cells() {
    return ladders.stream().flatMap(List::stream).map(Rung::cell).toList();
  }

  /** What is missing where there is no ladder at all. */
  String missing() {
    return "no two cells differ in " + name + " alone";
  }
}
