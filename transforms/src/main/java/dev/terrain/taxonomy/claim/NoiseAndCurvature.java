package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.Interval;
import dev.terrain.taxonomy.trend.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * C8. Three parts, over cells that differ in one setting alone. Pixel noise, from converged and
 * connected cells on: CKA falls ({@link OrderedTrend}), and at least {@value #MOST} of the
 * converged cells with more of it are still connected; contradicted if CKA rises, or less than half
 * are. Label noise, among converged cells: CKA falls, and the mean change of ln trace from the
 * least to the most of it has a 95 percent interval within ±{@value #SAME}; contradicted if CKA
 * rises, or the interval is outside. Batch size, among converged cells: the Hessian trace rises.
 */
final class NoiseAndCurvature implements Claim {
  private static final double MOST = 0.9;
  private static final double HALF = 0.5;
  private static final double SAME = 0.25;
  private static final double LEVEL = 0.95;

  @Override
  public String number() {
    return "C8";
  }

  @Override
  public String statement() {
    return "Pixel noise leaves minima connected but models less alike; label noise hardly changes"
        + " the Hessian; large batches raise it.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    return Finding.all(List.of(pixelNoise(diagrams), labelNoise(diagrams), batchSize(diagrams)));
  }

  private static Finding pixelNoise(List<PhasedDiagram> diagrams) {
    Ladders ladders = Ladders.of(Setting.PIXEL_NOISE, diagrams);
    if (ladders.isEmpty()) {
      return Finding.missing(ladders.missing());
    }
    Ladders connected =
        ladders.where(Rung::isConverged).ofWhich(ladder -> ladder.get(0).isConnected());
    if (connected.isEmpty()) {
      return Finding.missing("no converged and connected cell has one with more pixel_noise");
    }
    int still = 0;
    int all = 0;
    for (List<Rung> ladder : connected.ladders()) {
      for (Rung rung : ladder.subList(1, ladder.size())) {
        all++;
        still += rung.isConnected() ? 1 : 0;
      }
    }
    OrderedTrend similarity = similarity(connected);
    double share = still / (double) all;
    Verdict verdict =
        similarity.rises() || share < HALF
            ? Verdict.CONTRADICTED
            : similarity.falls() && share >= MOST ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE;
    return Finding.of(
        verdict,
        "%d of %d cells stay connected with pixel_noise, and %s"
            .formatted(still, all, similarity.sentence()),
        connected.cells());
  }

  private static Finding labelNoise(List<PhasedDiagram> diagrams) {
    Ladders ladders = Ladders.of(Setting.LABEL_NOISE, diagrams);
    if (ladders.isEmpty()) {
      return Finding.missing(ladders.missing());
    }
    Ladders converged = ladders.where(rung -> rung.isConverged() && logTrace(rung.cell()) != null);
    if (converged.isEmpty()) {
      return Finding.missing(
          "no two converged cells with a Hessian trace differ in label_noise alone");
    }
    List<Double> changes = new ArrayList<>();
    for (List<Rung> ladder : converged.ladders()) {
      Double least = logTrace(ladder.get(0).cell());
      Double most = logTrace(ladder.get(ladder.size() - 1).cell());
      if (least != null && most != null) {
        changes.add(most - least);
      }
    }
    MeanInterval change =
        MeanInterval.of(LEVEL, changes.stream().mapToDouble(number -> number).toArray());
    Interval interval = change.interval();
    boolean isSame = interval != null && interval.isAbove(-SAME) && interval.isBelow(SAME);
    boolean isOther = interval != null && (interval.isAbove(SAME) || interval.isBelow(-SAME));
    OrderedTrend similarity = similarity(converged);
    Verdict verdict =
        similarity.rises() || isOther
            ? Verdict.CONTRADICTED
            : similarity.falls() && isSame ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE;
    return Finding.of(
        verdict,
        String.format(
            Locale.ROOT,
            "label_noise changes ln trace by %+.2f (%s), and %s",
            change.mean(),
            Words.interval(interval),
            similarity.sentence()),
        converged.cells());
  }

  private static Finding batchSize(List<PhasedDiagram> diagrams) {
    Ladders ladders = Ladders.of(Setting.BATCH_SIZE, diagrams);
    return ladders.isEmpty()
        ? Finding.missing(ladders.missing())
        : OrderedTrend.of(
                ladders.where(Rung::isConverged),
                "hessian_trace",
                rung -> rung.cell().mean("hessian_trace"))
            .finding(true);
  }

  private static OrderedTrend similarity(Ladders ladders) {
    return OrderedTrend.of(ladders, "cka", rung -> rung.cell().mean("cka"));
  }

  /** ln trace; null if the trace is not positive or was not measured. */
  private static @Nullable Double logTrace(DiagramCell cell) {
    Double trace = cell.mean("hessian_trace");
    return trace == null || !(trace > 0) ? null : Double.valueOf(Math.log(trace));
  }
}
