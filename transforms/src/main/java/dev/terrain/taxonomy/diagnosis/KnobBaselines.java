package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rules that see only the knobs, fitted to the scored cells of all diagrams together. */
final class KnobBaselines {
  private final KnobFeatures features;
  private final DiagnosisScore score;
  private final @Nullable KnobRegression regression;

  /** A scored cell. */
  private record Case(PhasedDiagram diagram, DiagramCell cell, boolean isHotter) {}

  KnobBaselines(List<PhasedDiagram> diagrams) {
    features = new KnobFeatures(diagrams.stream().map(PhasedDiagram::diagram).toList());
    List<Case> cases = new ArrayList<>();
    int cells = 0;
    int withoutDirection = 0;
    int withoutPhase = 0;
    int right = 0;
    for (PhasedDiagram diagram : diagrams) {
      GridEvidence evidence = new GridEvidence(diagram.diagram());
      for (DiagramCell cell : diagram.cells()) {
        cells++;
        TemperatureAdvice direction = evidence.direction(cell);
        TemperatureAdvice rule = PhaseRuleOfTemperature.of(diagram, cell).advice();
        if (direction == TemperatureAdvice.NOT_DECIDABLE) {
          withoutDirection++;
        } else if (rule == TemperatureAdvice.NOT_DECIDABLE) {
          withoutPhase++;
        } else {
          cases.add(new Case(diagram, cell, direction == TemperatureAdvice.HOTTER));
          right += rule == direction ? 1 : 0;
        }
      }
    }
    int n = cases.size();
    List<Boolean> isHotter = cases.stream().map(Case::isHotter).toList();
    int hotter = (int) isHotter.stream().filter(each -> each).count();
    boolean isFitted = hotter > 0 && hotter < n;
    List<double[]> rows =
        cases.stream().map(each -> features.of(each.diagram().diagram(), each.cell())).toList();
    regression = isFitted ? KnobRegression.fit(rows, isHotter) : null;
    score =
        new DiagnosisScore(
            cells,
            n,
            withoutDirection,
            withoutPhase,
            hotter,
            n == 0 ? null : new RuleScore("the phase rule", 0, right, n),
            n == 0 ? null : majority(hotter, n),
            isFitted ? threshold(cases, isHotter) : null,
            regression == null ? null : regressed(regression, diagrams, rows, isHotter),
            shares(cases));
  }

  private static RuleScore majority(int hotter, int n) {
    return 2 * hotter >= n
        ? new RuleScore("always hotter", 1, hotter, n)
        : new RuleScore("always colder", 1, n - hotter, n);
  }

  private static RuleScore threshold(List<Case> cases, List<Boolean> isHotter) {
    List<Double> temperatures = cases.stream().map(each -> each.cell().temperature()).toList();
    KnobThreshold fitted = KnobThreshold.fit(temperatures, isHotter);
    int right =
        (int)
            IntStream.range(0, cases.size())
                .filter(i -> fitted.isHotter(temperatures.get(i)) == isHotter.get(i))
                .count();
    String rule =
        "one threshold (%s %s %s: hotter)"
            .formatted(
                cases.get(0).diagram().diagram().temperature().setting(),
                fitted.hotterAbove() ? ">=" : "<",
                FurtherAxes.text(fitted.from()));
    return new RuleScore(rule, 1, right, cases.size());
  }

  private static RuleScore regressed(
      KnobRegression regression,
      List<PhasedDiagram> diagrams,
      List<double[]> rows,
      List<Boolean> isHotter) {
    Set<String> knobs = new TreeSet<>();
    for (PhasedDiagram diagram : diagrams) {
      knobs.addAll(FurtherAxes.of(diagram.diagram().name()).keySet());
    }
    List<String> names = new ArrayList<>();
    Diagram first = diagrams.get(0).diagram();
    names.add(first.temperature().setting());
    names.add(first.load().setting());
    names.addAll(knobs);
    int right =
        (int)
            IntStream.range(0, rows.size())
                .filter(i -> regression.isHotter(rows.get(i)) == isHotter.get(i))
                .count();
    return new RuleScore(
        "logistic regression on " + String.join(", ", names),
        rows.get(0).length + 1,
        right,
        rows.size());
  }

  private static List<PhaseShare> shares(List<Case> cases) {
    Map<BroadPhase, int[]> counts = new EnumMap<>(BroadPhase.class);
    for (Case each : cases) {
      BroadPhase.of(each.diagram(), each.cell())
          .ifPresent(
              phase -> {
                int[] count = counts.computeIfAbsent(phase, p -> new int[2]);
                count[0] += each.isHotter() ? 1 : 0;
                count[1]++;
              });
    }
    return counts.entrySet().stream()
        .map(entry -> new PhaseShare(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
        .toList();
  }

  DiagnosisScore score() {
    return score;
  }

  /** What the regression on the knobs says of a cell; undecided if it could not be fitted. */
  TemperatureAdvice advice(PhasedDiagram diagram, DiagramCell cell) {
    if (regression == null) {
      return TemperatureAdvice.NOT_DECIDABLE;
    }
    return regression.isHotter(features.of(diagram.diagram(), cell))
        ? TemperatureAdvice.HOTTER
        : TemperatureAdvice.COLDER;
  }
}
