package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.MeanInterval;
import dev.terrain.taxonomy.trend.Quantities;
import dev.terrain.taxonomy.trend.SeedNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * C1. Flat, connected and similar is phase IV-B (flat being the converged side of the Hessian
 * transition, which the training loss tells). Let D be the mean accuracy of IV-B minus that of
 * another phase, averaged over the diagrams in which both have {@value #LEAST_CELLS} cells, and the
 * rival that phase for which D is smallest. Its interval (Welch) has level 1 - 0.05/k for k phases
 * that could be the rival.
 *
 * <p>Supported if the interval is above 0 and in no diagram a cell of another phase beats the best
 * of IV-B by more than {@link SeedNoise}. Contradicted if the interval is below 0, or in more than
 * half of the diagrams another phase has the best cell by more than that.
 */
final class BestInOneFlatBasin implements Claim {
  private static final int LEAST_CELLS = 3;
  private static final double FALSE_ALARMS = 0.05;

  @Override
  public String number() {
    return "C1";
  }

  @Override
  public String statement() {
    return "Test accuracy is best where the minima are flat and connected and the trained models"
        + " alike (phase IV-B).";
  }

  /** The accuracies of IV-B and of another phase, in the diagrams that have both. */
  private record Rival(Phase phase, List<double[]> best, List<double[]> other) {
    double difference() {
      return MeanInterval.ofDifferences(1 - FALSE_ALARMS, best, other).mean();
    }
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    List<PhasedDiagram> told =
        diagrams.stream().filter(diagram -> !cells(diagram, Phase.IV_B).isEmpty()).toList();
    if (told.isEmpty()) {
      return Finding.missing(
          "no cell with a known test_accuracy is converged, connected and similar (phase IV-B)");
    }
    List<Rival> rivals = rivals(told);
    Rival rival = null;
    for (Rival candidate : rivals) {
      rival = rival == null || candidate.difference() < rival.difference() ? candidate : rival;
    }
    if (rival == null) {
      return Finding.missing(
          "no diagram has %d cells of phase IV-B and %d of another phase"
              .formatted(LEAST_CELLS, LEAST_CELLS));
    }
    return finding(told, rival, rivals.size());
  }

  private static List<Rival> rivals(List<PhasedDiagram> diagrams) {
    List<Rival> rivals = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      Rival rival = new Rival(phase, new ArrayList<>(), new ArrayList<>());
      for (PhasedDiagram diagram : diagrams) {
        double[] best = accuracies(cells(diagram, Phase.IV_B));
        double[] other = accuracies(cells(diagram, phase));
        if (phase != Phase.IV_B && best.length >= LEAST_CELLS && other.length >= LEAST_CELLS) {
          rival.best().add(best);
          rival.other().add(other);
        }
      }
      if (!rival.best().isEmpty()) {
        rivals.add(rival);
      }
    }
    return rivals;
  }

  private static Finding finding(List<PhasedDiagram> diagrams, Rival rival, int rivals) {
    MeanInterval difference =
        MeanInterval.ofDifferences(1 - FALSE_ALARMS / rivals, rival.best(), rival.other());
    int beaten = 0;
    DiagramCell best = null;
    List<DiagramCell> cells = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      beaten += isBeaten(diagram, diagrams.size()) ? 1 : 0;
      cells.addAll(cells(diagram, Phase.IV_B));
      cells.addAll(cells(diagram, rival.phase()));
      for (DiagramCell cell : diagram.cells()) {
        best =
            accuracy(cell) > (best == null ? Double.NEGATIVE_INFINITY : accuracy(best))
                ? cell
                : best;
      }
    }
    boolean isAbove = difference.interval() != null && difference.interval().isAbove(0);
    boolean isBelow = difference.interval() != null && difference.interval().isBelow(0);
    Verdict verdict =
        isBelow || 2 * beaten > diagrams.size()
            ? Verdict.CONTRADICTED
            : isAbove && beaten == 0 ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE;
    String numbers =
        ("mean accuracy of phase IV-B minus that of phase %s, the closest rival: %s points (%s);"
                + " the best cell of all is %s with %s %%%s")
            .formatted(
                rival.phase().label(),
                Words.signedPoints(difference.mean()),
                Words.interval(difference.interval()),
                best == null ? "unknown" : best.id(),
                best == null ? "?" : Words.points(accuracy(best)),
                phase(diagrams, best));
    return Finding.of(verdict, numbers, cells);
  }

  private static String phase(List<PhasedDiagram> diagrams, @Nullable DiagramCell cell) {
    if (cell == null) {
      return "";
    }
    return diagrams.stream()
        .flatMap(diagram -> diagram.phase(cell).stream())
        .findFirst()
        .map(phase -> " (phase " + phase.label() + ")")
        .orElse("");
  }

  /** Whether a cell outside of IV-B has the best accuracy, by more than noise. */
  private static boolean isBeaten(PhasedDiagram diagram, int diagrams) {
    List<DiagramCell> inside = cells(diagram, Phase.IV_B);
    List<DiagramCell> all = new ArrayList<>(inside);
    for (Phase phase : Phase.values()) {
      if (phase != Phase.IV_B) {
        all.addAll(cells(diagram, phase));
      }
    }
    if (all.size() == inside.size()) {
      return false;
    }
    double lead = lead(accuracies(all), inside.size());
    return lead > 0
        && lead
            >= SeedNoise.of(
                    all,
                    drawn -> lead(drawn, inside.size()),
                    diagrams,
                    diagram.diagram().name() + "/best")
                .points();
  }

  private static double lead(double[] accuracies, int split) {
    return Arrays.stream(accuracies, split, accuracies.length).max().orElseThrow()
        - Arrays.stream(accuracies, 0, split).max().orElseThrow();
  }

  private static List<DiagramCell> cells(PhasedDiagram diagram, Phase phase) {
    return diagram.cells().stream()
        .filter(cell -> diagram.phase(cell).equals(Optional.of(phase)))
        .filter(cell -> cell.value(Quantities.TEST_ACCURACY).isPresent())
        .toList();
  }

  private static double accuracy(DiagramCell cell) {
    return cell.value(Quantities.TEST_ACCURACY)
        .map(accuracy -> accuracy.mean())
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static double[] accuracies(List<DiagramCell> cells) {
    return cells.stream().mapToDouble(BestInOneFlatBasin::accuracy).toArray();
  }
}
