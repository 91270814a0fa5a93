package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.CellGroup;
import dev.terrain.taxonomy.trend.Interval;
import dev.terrain.taxonomy.trend.MatchedComparison;
import dev.terrain.taxonomy.trend.MeanInterval;
import dev.terrain.taxonomy.trend.Quantities;
import dev.terrain.taxonomy.trend.SeedNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * C2. Sharpness is the Hessian trace. Three kinds of evidence, six tests in all, each at the level
 * 1 - 0.05/6:
 *
 * <ol>
 *   <li>matched cells: the mean accuracy of phase III minus that of its partners of phase IV with
 *       the same trace ({@link MatchedComparison}) has an interval beyond ±{@value #MARGIN} points;
 *   <li>within a phase of training: over the converged cells, or over the unconverged ones (at
 *       least {@value #LEAST_CELLS}, of accuracies that differ by more than noise), the interval of
 *       Spearman's correlation of trace and accuracy is above {@value #WEAK}: there flatter is not
 *       clearly better;
 *   <li>across the amount of data, label noise or weight decay: of the converged cells that differ
 *       in nothing else (the lowest against the highest value) and in accuracy by {@value
 *       SeedNoise#DEFAULT_POINTS} points or more, the sharper is the better one in more than half
 *       (sign test).
 * </ol>
 *
 * Supported if one of them shows. Contradicted if none does and the interval of the correlation
 * over all cells is below {@value #STRONG} and below {@value #WEAK} in both groups that have enough
 * cells: then sharpness alone does predict accuracy.
 */
final class SharpnessAlone implements Claim {
  private static final String TRACE = "hessian_trace";
  private static final double LEVEL = 1 - 0.05 / 6;
  private static final double MARGIN = 0.5;
  private static final int LEAST_CELLS = 10;
  private static final double WEAK = -0.5;
  private static final double STRONG = -0.8;

  @Override
  public String number() {
    return "C2";
  }

  @Override
  public String statement() {
    return "How sharp the minima are does not alone predict test accuracy.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    PooledCorrelation all =
        PooledCorrelation.of(diagrams, (diagram, cell) -> true, LEAST_CELLS, TRACE);
    List<Finding> evidence = new ArrayList<>();
    evidence.add(matched(diagrams));
    Group converged = group(diagrams, "converged", CellGroup.CONVERGED::contains);
    Group unconverged =
        group(
            diagrams,
            "unconverged",
            (diagram, cell) -> Boolean.FALSE.equals(diagram.isConverged(cell)));
    evidence.add(converged.finding());
    evidence.add(unconverged.finding());
    for (Setting setting : List.of(Setting.DATA, Setting.LABEL_NOISE, Setting.WEIGHT_DECAY)) {
      evidence.add(across(diagrams, setting));
    }
    evidence.removeIf(finding -> finding.cells().isEmpty());
    if (evidence.isEmpty()) {
      return Finding.missing(
          "too few cells have test_accuracy and "
              + TRACE
              + ", or they differ by no more than noise");
    }
    Interval overall = all.interval(LEVEL, correlations -> correlations[0]);
    boolean isPredicted =
        overall != null
            && overall.isBelow(STRONG)
            && converged.isStrong()
            && unconverged.isStrong();
    Verdict verdict =
        evidence.stream().anyMatch(finding -> finding.verdict() == Verdict.SUPPORTED)
            ? Verdict.SUPPORTED
            : isPredicted ? Verdict.CONTRADICTED : Verdict.NOT_DECIDABLE;
    return new Finding(
        verdict,
        evidence.stream().map(Finding::numbers).collect(Collectors.joining("; "))
            + "; "
            + overall(all),
        evidence.stream().flatMap(finding -> finding.cells().stream()).distinct().toList());
  }

  private static String overall(PooledCorrelation all) {
    double[] values = all.values();
    return values == null
        ? "too few cells for a correlation over all"
        : String.format(
            Locale.ROOT, "over all cells trace and accuracy correlate with %.2f", values[0]);
  }

  private static Finding matched(List<PhasedDiagram> diagrams) {
    List<MatchedComparison.Match> matches =
        diagrams.stream()
            .flatMap(diagram -> MatchedComparison.of(diagram).matched().stream())
            .toList();
    if (matches.isEmpty()) {
      return Finding.missing("no cell of phase III has one of phase IV with the same trace");
    }
    MeanInterval mean =
        MeanInterval.of(
            LEVEL, matches.stream().mapToDouble(MatchedComparison.Match::difference).toArray());
    Interval interval = mean.interval();
    boolean shows = interval != null && (interval.isAbove(MARGIN) || interval.isBelow(-MARGIN));
    long lower = matches.stream().filter(match -> match.difference() < 0).count();
    List<DiagramCell> cells = new ArrayList<>();
    for (MatchedComparison.Match match : matches) {
      cells.add(match.cell());
      cells.addAll(match.partners());
    }
    return Finding.of(
        shows ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE,
        ("%d of %d cells of phase III are less accurate than those of phase IV with the same"
                + " trace, by %s points (%s)")
            .formatted(
                lower,
                matches.size(),
                Words.points(0 - mean.mean()),
                Words.interval(negated(interval))),
        cells);
  }

  private static @Nullable Interval negated(@Nullable Interval interval) {
    return interval == null ? null : new Interval(0 - interval.high(), 0 - interval.low());
  }

  /** One side of the Hessian transition. */
  private record Group(Finding finding, boolean isStrong) {}

  private static Group group(
      List<PhasedDiagram> diagrams, String word, BiPredicate<PhasedDiagram, DiagramCell> contains) {
    PooledCorrelation correlation = PooledCorrelation.of(diagrams, contains, LEAST_CELLS, TRACE);
    Interval interval = correlation.interval(LEVEL, correlations -> correlations[0]);
    double[] values = correlation.values();
    if (interval == null || values == null) {
      return new Group(Finding.missing("too few " + word + " cells"), correlation.isEmpty());
    }
    return new Group(
        Finding.of(
            interval.isAbove(WEAK) ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE,
            "over %s cells trace and accuracy correlate with %s (%s)"
                .formatted(word, Words.two(values[0]), Words.interval(interval)),
            correlation.cells()),
        interval.isBelow(WEAK));
  }

  private static Finding across(List<PhasedDiagram> diagrams, Setting setting) {
    int sharper = 0;
    List<DiagramCell> cells = new ArrayList<>();
    Ladders converged = Ladders.of(setting, diagrams).where(Rung::isConverged);
    for (List<Rung> ladder : converged.ladders()) {
      DiagramCell low = ladder.get(0).cell();
      DiagramCell high = ladder.get(ladder.size() - 1).cell();
      double gain = change(low, high, Quantities.TEST_ACCURACY);
      double sharpening = change(low, high, TRACE);
      if (Math.abs(gain) >= SeedNoise.DEFAULT_POINTS && Math.abs(sharpening) > 0) {
        sharper += gain > 0 == sharpening > 0 ? 1 : 0;
        cells.add(low);
        cells.add(high);
      }
    }
    int pairs = cells.size() / 2;
    if (pairs == 0) {
      return Finding.missing("no two converged cells differ in " + converged.name() + " alone");
    }
    boolean shows = 2 * sharper > pairs && SignTest.chance(sharper, pairs) < 1 - LEVEL;
    return Finding.of(
        shows ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE,
        "of converged cells that differ in %s the sharper one is the more accurate in %d of %d"
            .formatted(converged.name(), sharper, pairs),
        cells);
  }

  /** Change of a metric, 0 if it is not known on both sides. */
  private static double change(DiagramCell from, DiagramCell to, String metric) {
    Double before = from.mean(metric);
    Double after = to.mean(metric);
    return before == null || after == null ? 0 : after - before;
  }
}
