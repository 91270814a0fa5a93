package dev.terrain.taxonomy.refinement;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagnosis.BroadPhase;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that could be measured next in one diagram. */
final class Candidates {
  /** From this margin on a place of the grid is settled: new values tell more. */
  private static final double SETTLED = 0.9;

  /** Below this probability of its phase a cell is worth more seeds. */
  private static final double SURE = 0.8;

  private final PhasedDiagram phased;
  private final Diagram diagram;
  private final int index;
  private final Map<String, Map<Phase, Double>> probabilities;
  private final KernelVote vote = new KernelVote();
  private final List<Candidate> candidates = new ArrayList<>();

  private Candidates(
      PhasedDiagram phased, int index, Map<String, Map<Phase, Double>> probabilities) {
    this.phased = phased;
    this.diagram = phased.diagram();
    this.index = index;
    this.probabilities = probabilities;
    for (DiagramCell cell : phased.cells()) {
      BroadPhase.of(phased, cell)
          .ifPresent(phase -> vote.add(place(cell.column(), cell.row()), shares(cell, phase)));
    }
  }

  static List<Candidate> of(
      PhasedDiagram phased,
      int index,
      Map<String, Map<Phase, Double>> probabilities,
      boolean newValues) {
    Candidates found = new Candidates(phased, index, probabilities);
    found.addPlaces();
    found.addUnsure();
    if (newValues) {
      found.addBetween();
    }
    return found.candidates;
  }

  private PhaseShares shares(DiagramCell cell, BroadPhase phase) {
    PhaseShares shares = new PhaseShares();
    probabilities
        .getOrDefault(cell.id(), Map.of())
        .forEach((each, probability) -> shares.add(BroadPhase.of(each), probability));
    if (shares.isEmpty()) {
      shares.add(phase, 1);
    }
    return shares;
  }

  private void addPlaces() {
    for (int row = 0; row < diagram.temperature().size(); row++) {
      for (int column = 0; column < diagram.load().size(); column++) {
        DiagramCell cell = diagram.at(column, row).orElse(null);
        if (cell != null && BroadPhase.of(phased, cell).isPresent()) {
          continue;
        }
        Place place = place(column, row);
        KernelVote.Outcome outcome = vote.at(place);
        String state = cell == null ? "not measured" : "its phase is open";
        add(
            cell == null ? NextCell.Kind.MEASURE : NextCell.Kind.COMPLETE,
            cell == null ? null : cell.id(),
            place,
            outcome.shares().margin() < SETTLED ? 0 : 2,
            outcome,
            () -> state + "; " + words(outcome));
      }
    }
  }

  private void addUnsure() {
    for (DiagramCell cell : phased.cells()) {
      BroadPhase phase = BroadPhase.of(phased, cell).orElse(null);
      if (phase == null) {
        continue;
      }
      PhaseShares own = shares(cell, phase);
      if (own.share(own.first()) < SURE) {
        Supplier<String> why =
            () ->
                String.format(
                    Locale.ROOT,
                    "more seeds: phase %s has probability %.2f, %s %.2f",
                    own.first(),
                    own.share(own.first()),
                    own.second(),
                    own.share(own.second()));
        add(
            NextCell.Kind.REPEAT,
            cell.id(),
            place(cell.column(), cell.row()),
            0,
            new KernelVote.Outcome(own, 0),
            why);
      }
    }
  }

  private void addBetween() {
    for (DiagramCell cell : phased.cells()) {
      crossing(cell, diagram.at(cell.column() + 1, cell.row()))
          .ifPresent(
              phases ->
                  MiddleValue.after(diagram.load(), cell.column())
                      .ifPresent(
                          load ->
                              addBetween(
                                  load,
                                  cell.temperature(),
                                  across(diagram.load(), cell.column(), phases))));
      crossing(cell, diagram.at(cell.column(), cell.row() + 1))
          .ifPresent(
              phases ->
                  MiddleValue.after(diagram.temperature(), cell.row())
                      .ifPresent(
                          temperature ->
                              addBetween(
                                  cell.load(),
                                  temperature,
                                  across(diagram.temperature(), cell.row(), phases))));
    }
  }

  /** The phases of two cells that differ in them. */
  private Optional<List<BroadPhase>> crossing(DiagramCell cell, Optional<DiagramCell> next) {
    Optional<BroadPhase> here = BroadPhase.of(phased, cell);
    Optional<BroadPhase> there = next.flatMap(other -> BroadPhase.of(phased, other));
    return here.isPresent() && there.isPresent() && here.get() != there.get()
        ? Optional.of(List.of(here.get(), there.get()))
        : Optional.empty();
  }

  private static Supplier<String> across(DiagramAxis axis, int i, List<BroadPhase> phases) {
    return () ->
        "the boundary lies between %s %s (%s) and %s (%s)"
            .formatted(
                axis.setting(),
                text(axis.values().get(i)),
                phases.get(0),
                text(axis.values().get(i + 1)),
                phases.get(1));
  }

  private void addBetween(double load, double temperature, Supplier<String> why) {
    Place place =
        new Place(
            load,
            position(diagram.load(), load),
            temperature,
            position(diagram.temperature(), temperature));
    add(NextCell.Kind.BETWEEN, null, place, 1, vote.at(place), why);
  }

  private void add(
      NextCell.Kind kind,
      @Nullable String id,
      Place place,
      int tier,
      KernelVote.Outcome outcome,
      Supplier<String> why) {
    candidates.add(new Candidate(index, diagram.name(), place, kind, id, tier, outcome, why));
  }

  private Place place(int column, int row) {
    return new Place(
        diagram.load().values().get(column), column, diagram.temperature().values().get(row), row);
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static double position(DiagramAxis axis, double value) {
    return axis.position(axis.coordinate(value));
  }

  private static String words(KernelVote.Outcome outcome) {
    if (Double.isInfinite(outcome.nearest())) {
      return "no cell has a phase yet";
    }
    PhaseShares shares = outcome.shares();
    return shares.margin() < 1
        ? String.format(
            Locale.ROOT,
            "the cells around it vote %s %.2f, %s %.2f",
            shares.first(),
            shares.share(shares.first()),
            shares.second(),
            shares.share(shares.second()))
        : "the cells around it are all in " + shares.first();
  }
}
