package dev.terrain.taxonomy.refinement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagnosis.BroadPhase;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.diagram.PublishedGrid;
import dev.terrain.v1.TaxonomySettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The published grid measured anew: nine cells first (corners, centre, four by chance), then those
 * that are proposed. A map is the vote of the measured cells, and these themselves.
 */
class ReplayTest {
  private static final int SEEDS = 60;
  private static final int SIDE = 13;
  private static final Diagram GRID = PublishedGrid.fullData();
  private static final TaxonomySettings SETTINGS = TaxonomySettings.newBuilder().build();
  private static final PhasedDiagram TRUTH = new PhasedDiagram(GRID, SETTINGS);

  private static BroadPhase truth(DiagramCell cell) {
    return BroadPhase.of(TRUTH, cell).orElseThrow();
  }

  private static Set<Integer> start(CounterRandom random) {
    Set<Integer> measured = new LinkedHashSet<>(List.of(0, 12, 84, 156, 168));
    while (measured.size() < 9) {
      measured.add(random.nextInt(SIDE * SIDE));
    }
    return measured;
  }

  private static PhasedDiagram known(Set<Integer> measured) {
    List<Diagram.Entry> entries = new ArrayList<>();
    for (int place : measured) {
      DiagramCell cell = GRID.cells().get(place);
      entries.add(new Diagram.Entry(cell.id(), cell.load(), cell.temperature(), cell.values()));
    }
    return new PhasedDiagram(Diagram.of("", GRID.load(), GRID.temperature(), entries), SETTINGS);
  }

  private static double accuracy(Set<Integer> measured) {
    KernelVote vote = new KernelVote();
    for (int place : measured) {
      DiagramCell cell = GRID.cells().get(place);
      PhaseShares shares = new PhaseShares();
      shares.add(truth(cell), 1);
      vote.add(place(cell), shares);
    }
    int right = 0;
    for (int place = 0; place < SIDE * SIDE; place++) {
      DiagramCell cell = GRID.cells().get(place);
      if (measured.contains(place) || vote.at(place(cell)).shares().first() == truth(cell)) {
        right++;
      }
    }
    return right / (double) (SIDE * SIDE);
  }

  private static Place place(DiagramCell cell) {
    return new Place(cell.load(), cell.column(), cell.temperature(), cell.row());
  }

  private static void measure(NextCell cell, Set<Integer> measured) {
    measured.add(
        GRID.temperature().values().indexOf(cell.temperature()) * SIDE
            + GRID.load().values().indexOf(cell.load()));
  }

  /** Mean accuracy over the seeds by number of cells, asking for so many at once. */
  private static Map<Integer, Double> replay(int atOnce, List<Integer> stops) {
    Map<Integer, Double> means = new TreeMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Set<Integer> measured = start(CounterRandom.of("replay", "start", seed));
      for (int stop : stops) {
        while (measured.size() < stop) {
          int wanted = Math.min(atOnce, stop - measured.size());
          NextCells.propose(List.of(known(measured)), Map.of(), false, wanted)
              .forEach(cell -> measure(cell, measured));
        }
        means.merge(stop, accuracy(measured) / SEEDS, Double::sum);
      }
    }
    return means;
  }

  @Test
  void propose_oneAtATimeReachesThePublishedReplay() {
    Map<Integer, Double> means = replay(1, List.of(30, 40, 50));

    // The seeds of the reference differ: twice the standard error of a mean of 60, and a little.
    assertThat(means.get(30)).isCloseTo(0.916, within(0.012));
    assertThat(means.get(40)).isCloseTo(0.949, within(0.012));
    assertThat(means.get(50)).isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void propose_tenAtOnceLosesLittle() {
    assertThat(replay(10, List.of(50)).get(50)).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void choosingByChanceNeedsManyMoreCells() {
    double mean = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      CounterRandom random = CounterRandom.of("replay", "chance", seed);
      Set<Integer> measured = start(random);
      while (measured.size() < 50) {
        measured.add(random.nextInt(SIDE * SIDE));
      }
      mean += accuracy(measured) / SEEDS;
    }

    assertThat(mean).isCloseTo(0.922, within(0.01));
  }
}
