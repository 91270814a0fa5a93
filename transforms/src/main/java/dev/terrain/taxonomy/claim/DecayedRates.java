package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.CellGroup;
import dev.terrain.taxonomy.trend.MeanInterval;
import dev.terrain.taxonomy.trend.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * C7. Diagrams of a decayed learning rate against the diagram of the constant one that is alike in
 * all other settings. Two parts. Every phase (I, II, III, IV) that has {@value #LEAST_CELLS} cells
 * at the constant rate must have a cell at the decayed one; it is contradicted if one has none,
 * supported if all four are there. And the gain of accuracy, decayed minus constant, is larger in
 * the cells at the connectivity transition of the constant rate (a neighbour in the row is
 * connected and the cell not, or the other way) than in the others: the sign of the interval of the
 * difference of means (Welch, 95 percent) decides.
 */
final class DecayedRates implements Claim {
  private static final String SCHEDULE = "learning_rate_schedule";
  private static final List<String> OF_SCHEDULE =
      List.of(SCHEDULE, "learning_rate_milestones", "learning_rate_factor");
  private static final List<CellGroup> FOUR =
      List.of(CellGroup.I, CellGroup.II, CellGroup.III, CellGroup.IV);
  private static final String CONSTANT = "constant";
  private static final int LEAST_CELLS = 5;
  private static final double LEVEL = 0.95;

  @Override
  public String number() {
    return "C7";
  }

  @Override
  public String statement() {
    return "Decaying the learning rate keeps the four phases, and helps most at the connectivity"
        + " transition.";
  }

  /** Two diagrams that differ in the schedule alone. */
  private record Pair(PhasedDiagram constant, PhasedDiagram decayed) {}

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    List<Pair> pairs = pairs(diagrams);
    return pairs.isEmpty()
        ? Finding.missing(
            "no two diagrams differ in " + SCHEDULE + " alone, one of them with a constant rate")
        : Finding.all(List.of(phases(pairs), gains(pairs)));
  }

  private static List<Pair> pairs(List<PhasedDiagram> diagrams) {
    Map<SliceSettings, PhasedDiagram> constant = new HashMap<>();
    for (PhasedDiagram diagram : diagrams) {
      SliceSettings settings = SliceSettings.of(diagram);
      if (CONSTANT.equals(settings.values().get(SCHEDULE))) {
        constant.putIfAbsent(settings.without(OF_SCHEDULE), diagram);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      SliceSettings settings = SliceSettings.of(diagram);
      PhasedDiagram partner = constant.get(settings.without(OF_SCHEDULE));
      String schedule = settings.values().get(SCHEDULE);
      if (partner != null && schedule != null && !schedule.equals(CONSTANT)) {
        pairs.add(new Pair(partner, diagram));
      }
    }
    return pairs;
  }

  private static Finding phases(List<Pair> pairs) {
    TreeSet<String> lost = new TreeSet<>();
    TreeSet<String> kept = new TreeSet<>();
    List<DiagramCell> cells = new ArrayList<>();
    for (Pair pair : pairs) {
      for (CellGroup group : FOUR) {
        List<DiagramCell> before = group.of(pair.constant());
        List<DiagramCell> after = group.of(pair.decayed());
        if (after.isEmpty() && before.size() >= LEAST_CELLS) {
          lost.add(group.label());
          cells.addAll(before);
        } else if (!after.isEmpty()) {
          kept.add(group.label());
          cells.addAll(after);
        }
      }
    }
    Verdict verdict =
        !lost.isEmpty()
            ? Verdict.CONTRADICTED
            : kept.size() == FOUR.size() ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE;
    return Finding.of(
        verdict,
        lost.isEmpty()
            ? "phases " + String.join(", ", kept) + " occur at decayed rates"
            : "phases " + String.join(", ", lost) + " are lost at decayed rates",
        cells);
  }

  private static Finding gains(List<Pair> pairs) {
    List<double[]> near = new ArrayList<>();
    List<double[]> far = new ArrayList<>();
    List<DiagramCell> cells = new ArrayList<>();
    for (Pair pair : pairs) {
      List<Double> atTransition = new ArrayList<>();
      List<Double> elsewhere = new ArrayList<>();
      for (DiagramCell cell : pair.constant().cells()) {
        Double gain = gain(pair, cell);
        if (gain != null) {
          (isAtTransition(pair.constant(), cell) ? atTransition : elsewhere).add(gain);
          cells.add(cell);
        }
      }
      if (!atTransition.isEmpty() && !elsewhere.isEmpty()) {
        near.add(atTransition.stream().mapToDouble(it -> it).toArray());
        far.add(elsewhere.stream().mapToDouble(it -> it).toArray());
      }
    }
    if (near.isEmpty()) {
      return Finding.missing("no cells with a known gain lie on and off a connectivity transition");
    }
    MeanInterval difference = MeanInterval.ofDifferences(LEVEL, near, far);
    Verdict verdict =
        difference.interval() == null || !difference.interval().excludesZero()
            ? Verdict.NOT_DECIDABLE
            : difference.interval().isAbove(0) ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
    return Finding.of(
        verdict,
        "decay gains %s points more at the connectivity transition than elsewhere (%s)"
            .formatted(
                Words.signedPoints(difference.mean()), Words.interval(difference.interval())),
        cells);
  }

  private static @Nullable Double gain(Pair pair, DiagramCell cell) {
    Diagram grid = pair.decayed().diagram();
    Double before = cell.mean(Quantities.TEST_ACCURACY);
    Double after =
        grid.at(
                grid.load().values().indexOf(cell.load()),
                grid.temperature().values().indexOf(cell.temperature()))
            .map(other -> other.mean(Quantities.TEST_ACCURACY))
            .orElse(null);
    return before == null || after == null ? null : Double.valueOf(after - before);
  }

  private static boolean isAtTransition(PhasedDiagram diagram, DiagramCell cell) {
    Boolean connected = diagram.isConnected(cell);
    return connected != null
        && Stream.of(
                diagram.diagram().at(cell.column() - 1, cell.row()),
                diagram.diagram().at(cell.column() + 1, cell.row()))
            .flatMap(Optional::stream)
            .anyMatch(
                neighbour -> Boolean.valueOf(!connected).equals(diagram.isConnected(neighbour)));
  }
}
