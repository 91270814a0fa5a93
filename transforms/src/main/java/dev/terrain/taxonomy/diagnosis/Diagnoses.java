package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The diagnoses of all cells of a study: converged cells and those with negative mode connectivity
 * are too cold, unconverged ones with mc ≥ 0 too hot; see {@link DiagnosisScore} for how often that
 * holds on the grid at hand, and how often rules do that see only the knobs.
 */
public final class Diagnoses {
  private static final String DECAY =
      "the learning rate decays and no cell here is in phase II, where the rule is no better than"
          + " the larger class";

  private final Map<String, Diagnosis> byCell = new LinkedHashMap<>();
  private final DiagnosisScore score;
  private final List<String> limits;

  private Diagnoses(List<PhasedDiagram> diagrams, boolean learningRateDecays) {
    KnobBaselines baselines = new KnobBaselines(diagrams);
    List<Diagram> plain = diagrams.stream().map(PhasedDiagram::diagram).toList();
    for (PhasedDiagram diagram : diagrams) {
      boolean isSilent = learningRateDecays && !hasSecondPhase(diagram);
      for (DiagramCell cell : diagram.cells()) {
        byCell.put(cell.id(), diagnosis(diagram, cell, isSilent, baselines, plain));
      }
    }
    score = baselines.score();
    limits = limits(diagrams, learningRateDecays);
  }

  /**
   * Diagnoses all cells.
   *
   * @param diagrams one for each combination of the further axes, over the same two settings
   * @param learningRateDecays whether the schedule lowers the learning rate during training; where
   *     it does and a diagram has no cell in phase II, the temperature is not decidable
   */
  public static Diagnoses of(List<PhasedDiagram> diagrams, boolean learningRateDecays) {
    return new Diagnoses(diagrams, learningRateDecays);
  }

  private static boolean hasSecondPhase(PhasedDiagram diagram) {
    return diagram.cells().stream()
        .anyMatch(cell -> BroadPhase.of(diagram, cell).equals(Optional.of(BroadPhase.II)));
  }

  private static Diagnosis diagnosis(
      PhasedDiagram diagram,
      DiagramCell cell,
      boolean isSilent,
      KnobBaselines baselines,
      List<Diagram> diagrams) {
    GridEvidence evidence = new GridEvidence(diagram.diagram());
    PhaseRuleOfTemperature.Verdict verdict =
        isSilent
            ? new PhaseRuleOfTemperature.Verdict(TemperatureAdvice.NOT_DECIDABLE, DECAY)
            : PhaseRuleOfTemperature.of(diagram, cell);
    Alternative hotter = evidence.temperature(cell, TemperatureAdvice.HOTTER).orElse(null);
    Alternative colder = evidence.temperature(cell, TemperatureAdvice.COLDER).orElse(null);
    Alternative load = evidence.load(cell).orElse(null);
    List<Alternative> further = GridEvidence.further(cell, diagram.diagram().name(), diagrams);
    TemperatureAdvice grid = evidence.direction(cell);
    TemperatureAdvice baseline = baselines.advice(diagram, cell);
    return new Diagnosis(
        cell.id(),
        diagram.diagram().name(),
        diagram.phase(cell).orElse(null),
        verdict.advice(),
        verdict.reason(),
        expected(verdict.advice(), hotter, colder),
        hotter,
        colder,
        load,
        further,
        grid,
        baseline,
        Diagnosis.agree(verdict.advice(), grid),
        Diagnosis.agree(verdict.advice(), baseline),
        new AdviceWords(diagram.diagram(), evidence)
            .of(cell, verdict, hotter, colder, load, further));
  }

  private static @Nullable Alternative expected(
      TemperatureAdvice advice, @Nullable Alternative hotter, @Nullable Alternative colder) {
    return switch (advice) {
      case HOTTER -> hotter;
      case COLDER -> colder;
      case NOT_DECIDABLE -> null;
    };
  }

  private static List<String> limits(List<PhasedDiagram> diagrams, boolean learningRateDecays) {
    List<String> limits = new ArrayList<>();
    if (diagrams.isEmpty()) {
      return limits;
    }
    Diagram first = diagrams.get(0).diagram();
    limits.add(
        "Whether to change %s, %s or the data first is not decided by the phases (on published"
                .formatted(first.temperature().setting(), first.load().setting())
            + " grids 62 to 63 % for more data against another batch); the gains are those of this"
            + " grid.");
    if (learningRateDecays) {
      limits.add(
          "The rule for the temperature was tested at constant learning rates; it does not carry"
              + " over to schedules that lower them.");
    }
    return limits;
  }

  /** The diagnosis of a cell; empty if no diagram has it. */
  public Optional<Diagnosis> of(String cellId) {
    return Optional.ofNullable(byCell.get(cellId));
  }

  /** All diagnoses, by diagram, row and column. */
  public List<Diagnosis> all() {
    return List.copyOf(byCell.values());
  }

  /** The phase rule and the baselines on this grid. */
  public DiagnosisScore score() {
    return score;
  }

  /** What the diagnoses cannot tell, in sentences. */
  public List<String> limits() {
    return List.copyOf(limits);
  }
}
