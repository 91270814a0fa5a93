package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.trend.EarlyStopping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * C4. It says that something can happen: supported if at a load whose coldest converged cell is in
 * phase III the best cell of phases I and II beats the best of phase III by more than noise ({@link
 * EarlyStopping}); contradicted if at every such load the best of phase III is the better one by
 * more than noise.
 */
final class ZeroLossCanHurt implements Claim {
  /** Loads that the numbers name, those with the largest gains. */
  private static final int LISTED = 5;

  /** A load of a diagram. */
  private record Told(PhasedDiagram diagram, EarlyStopping.Column column) {}

  @Override
  public String number() {
    return "C4";
  }

  @Override
  public String statement() {
    return "Where minima are poorly connected, training to zero loss can give a worse test accuracy"
        + " than stopping early.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    List<Told> told = new ArrayList<>();
    List<DiagramCell> cells = new ArrayList<>();
    for (PhasedDiagram diagram : diagrams) {
      for (EarlyStopping.Column column : EarlyStopping.of(diagram, diagrams.size()).columns()) {
        told.add(new Told(diagram, column));
        cells.add(column.unconverged().get(0));
        cells.addAll(column.poorlyConnected());
      }
    }
    if (told.isEmpty()) {
      return Finding.missing(
          "at no load the coldest converged cell is in phase III and a hotter one in phase I or"
              + " II");
    }
    long early = told.stream().filter(it -> it.column().isBetterEarly()).count();
    long converged = told.stream().filter(it -> it.column().isBetterConverged()).count();
    Verdict verdict =
        early > 0
            ? Verdict.SUPPORTED
            : converged == told.size() ? Verdict.CONTRADICTED : Verdict.NOT_DECIDABLE;
    told.sort(Comparator.comparingDouble(it -> 0 - it.column().gain()));
    return Finding.of(
        verdict,
        ("of %d loads stopping early is better than phase III by more than noise at %d and worse"
                + " at %d: %s")
            .formatted(
                told.size(),
                early,
                converged,
                told.stream()
                    .limit(LISTED)
                    .map(ZeroLossCanHurt::sentence)
                    .collect(Collectors.joining(", "))),
        cells);
  }

  private static String sentence(Told told) {
    String slice = told.diagram().diagram().name();
    return "%s points at %s %s%s (noise %s)"
        .formatted(
            Words.signedPoints(told.column().gain()),
            told.diagram().diagram().load().setting(),
            Words.value(told.column().load()),
            slice.isEmpty() ? "" : " and " + slice,
            Words.points(told.column().noise().points()));
  }
}
