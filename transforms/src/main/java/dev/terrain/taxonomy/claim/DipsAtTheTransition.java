package dev.terrain.taxonomy.claim;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Along;
import dev.terrain.taxonomy.trend.Dip;
import dev.terrain.taxonomy.trend.DoubleDescent;
import dev.terrain.taxonomy.trend.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * C6. The dips of test accuracy beyond noise, along both axes ({@link DoubleDescent}), in diagrams
 * that have a Hessian transition. Let d be the mean {@link TransitionDistance} of their bottoms. If
 * the dips had nothing to do with the transition, each bottom could lie anywhere inside its row or
 * column: supported if d is reached in fewer than 5 of 100 draws of such places, contradicted if it
 * is reached or passed upwards in fewer than 5 of 100.
 */
final class DipsAtTheTransition implements Claim {
  private static final int DRAWS = 2000;

  @Override
  public String number() {
    return "C6";
  }

  @Override
  public String statement() {
    return "Double descent of test accuracy, along load and temperature, lies along the Hessian"
        + " transition.";
  }

  /** A dip, its distance from the transition, and those of the places where it could be. */
  private record Placed(Dip dip, double distance, List<Double> places) {}

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    List<Placed> dips = new ArrayList<>();
    boolean hasTransition = false;
    for (PhasedDiagram diagram : diagrams) {
      TransitionDistance distance = new TransitionDistance(diagram);
      if (distance.exists()) {
        hasTransition = true;
        for (Along along : Along.values()) {
          dips.addAll(dips(diagram, along, distance));
        }
      }
    }
    if (!hasTransition) {
      return Finding.missing("no two neighbours are a converged and an unconverged cell");
    }
    if (dips.isEmpty()) {
      return Finding.missing("test_accuracy has no dip beyond noise along either axis");
    }
    return finding(dips);
  }

  private static List<Placed> dips(
      PhasedDiagram diagram, Along along, TransitionDistance distance) {
    List<List<DiagramCell>> lines = along.lines(diagram.diagram(), Quantities.TEST_ACCURACY);
    List<Placed> placed = new ArrayList<>();
    for (Dip dip : DoubleDescent.of(diagram.diagram(), along).beyondNoise()) {
      List<DiagramCell> line =
          lines.stream().filter(it -> it.contains(dip.bottom())).findFirst().orElseThrow();
      placed.add(
          new Placed(
              dip,
              distance.of(dip.bottom()),
              line.subList(1, line.size() - 1).stream().map(distance::of).toList()));
    }
    return placed;
  }

  private static Finding finding(List<Placed> dips) {
    double observed = dips.stream().mapToDouble(Placed::distance).sum();
    CounterRandom random = CounterRandom.of("dips", "places", dips.size());
    int nearer = 1;
    int farther = 1;
    double expected = 0;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = 0;
      for (Placed dip : dips) {
        drawn += dip.places().get(random.nextInt(dip.places().size()));
      }
      nearer += drawn <= observed ? 1 : 0;
      farther += drawn >= observed ? 1 : 0;
      expected += drawn / DRAWS;
    }
    double chance = Math.min(nearer, farther) / (DRAWS + 1.0);
    boolean isTold = chance < OrderedTrend.SIGNIFICANT;
    Verdict verdict =
        !isTold
            ? Verdict.NOT_DECIDABLE
            : nearer < farther ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
    List<DiagramCell> cells = new ArrayList<>();
    for (Placed dip : dips) {
      cells.addAll(List.of(dip.dip().before(), dip.dip().bottom(), dip.dip().after()));
    }
    return Finding.of(
        verdict,
        String.format(
            Locale.ROOT,
            "%d dips (the deepest of %.1f points) lie %.1f steps from the transition on average,"
                + " %.1f if placed at random (%s)",
            dips.size(),
            dips.stream().mapToDouble(dip -> dip.dip().size()).max().orElseThrow(),
            observed / dips.size(),
            expected / dips.size(),
            Words.chance(chance)),
        cells);
  }
}
