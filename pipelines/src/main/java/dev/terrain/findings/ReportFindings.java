package dev.terrain.findings;

import dev.terrain.report.Findings;
import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.boundary.Boundaries;
import dev.terrain.taxonomy.boundary.BoundaryKind;
import dev.terrain.taxonomy.boundary.BoundaryShift;
import dev.terrain.taxonomy.boundary.Threshold;
import dev.terrain.taxonomy.claim.ClaimVerdict;
import dev.terrain.taxonomy.diagnosis.Alternative;
import dev.terrain.taxonomy.diagnosis.Diagnoses;
import dev.terrain.taxonomy.diagnosis.Diagnosis;
import dev.terrain.taxonomy.diagnosis.DiagnosisScore;
import dev.terrain.taxonomy.diagnosis.RuleScore;
import dev.terrain.taxonomy.diagnosis.TemperatureAdvice;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhaseProbabilities;
import dev.terrain.taxonomy.refinement.NextCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings as the page of the report takes them. */
public final class ReportFindings {
  private static final int SUGGESTED = 10;

  private final Map<String, String> names = new HashMap<>();
  private final StudyFindings findings;
  private final List<Boundaries> boundaries;
  private final Diagnoses diagnoses;

  private ReportFindings(ChartedStudy study, StudyFindings findings) {
    this.findings = findings;
    study.cells().forEach(cell -> names.put(cell.getCellId(), CellSearch.name(cell)));
    this.boundaries = findings.boundaries();
    this.diagnoses = findings.diagnoses();
  }

  /**
   * All that a page shows of a study's findings.
   *
   * @param study whose cells they are of
   * @param command the command that writes the cells to measure next as a sweep; null if none does
   */
  public static Findings of(ChartedStudy study, StudyFindings findings, String command) {
    return new ReportFindings(study, findings).build(command);
  }

  private Findings build(String command) {
    Map<String, Findings.OfDiagram> diagrams = new LinkedHashMap<>();
    Map<String, Findings.OfCell> cells = new HashMap<>();
    for (Boundaries found : boundaries) {
      diagrams.put(
          found.diagram().diagram().name(),
          new Findings.OfDiagram(
              sentence(found),
              BoundaryFigure.of(found),
              BoundaryFigure.triplePoint(found.triplePoint()),
              Map.of()));
      found.diagram().cells().forEach(cell -> cells.put(cell.id(), cell(found, cell)));
    }
    return new Findings(
        null,
        thresholds(),
        diagrams,
        cells,
        TrendFigures.trends(findings.diagrams()),
        TrendFigures.descents(findings.diagrams()),
        findings.verdicts().stream().map(this::verdict).toList(),
        diagnosis(diagnoses),
        suggestion(command));
  }

  private List<String> thresholds() {
    return Stream.of(
            findings.thresholds().trainLoss(),
            findings.thresholds().modeConnectivity(),
            findings.thresholds().cka())
        .map(Threshold::sentence)
        .toList();
  }

  /** How far the boundaries are from those of the first diagram; null for that. */
  private String sentence(Boundaries found) {
    Boundaries first = boundaries.get(0);
    if (found.diagram().diagram().name().equals(first.diagram().diagram().name())) {
      return null;
    }
    List<String> sentences = new ArrayList<>();
    for (BoundaryKind kind : List.of(BoundaryKind.HESSIAN, BoundaryKind.CONNECTIVITY)) {
      BoundaryShift shift = first.shift(found, kind);
      sentences.add("Against %s: %s".formatted(first.diagram().diagram().name(), shift.sentence()));
    }
    return String.join(" ", sentences);
  }

  private Findings.OfCell cell(Boundaries found, DiagramCell cell) {
    PhaseProbabilities phases =
        Objects.requireNonNull(findings.probabilities().get(cell.id()), cell.id());
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      Double probability = phases.of(phase);
      if (probability != null) {
        probabilities.put(phase.label(), probability);
      }
    }
    Map<String, Double> distances = new LinkedHashMap<>();
    for (BoundaryKind kind : BoundaryKind.values()) {
      found
          .of(kind)
          .curve()
          .flatMap(curve -> curve.distance(cell.id()))
          .ifPresent(distance -> distances.put(kind.title(), distance.distance()));
    }
    return new Findings.OfCell(
        probabilities, distances, diagnoses.of(cell.id()).map(ReportFindings::advice).orElse(null));
  }

  private static Findings.Advice advice(Diagnosis diagnosis) {
    Optional<Alternative> expected = Optional.ofNullable(diagnosis.expected());
    return new Findings.Advice(
        String.join(" ", diagnosis.advice()),
        direction(diagnosis.temperature()),
        expected.map(Alternative::gain).orElse(null),
        expected.map(better -> better.setting() + " " + better).orElse(null),
        direction(diagnosis.baseline()));
  }

  private static String direction(TemperatureAdvice advice) {
    return advice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Cells by their settings: nobody knows an id. */
  private Findings.Verdict verdict(ClaimVerdict verdict) {
    String numbers = verdict.numbers();
    for (String cell : verdict.cells()) {
      numbers = numbers.replace(cell, names.getOrDefault(cell, cell));
    }
    return new Findings.Verdict(
        verdict.claim(),
        verdict.statement(),
        verdict.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        numbers,
        verdict.cells());
  }

  private static Findings.Diagnosis diagnosis(Diagnoses diagnoses) {
    DiagnosisScore score = diagnoses.score();
    List<Findings.Score> scores =
        Stream.of(score.phaseRule(), score.threshold(), score.regression(), score.majority())
            .filter(Objects::nonNull)
            .map(ReportFindings::score)
            .toList();
    String sentence =
        Stream.concat(Stream.of(score.sentence()), diagnoses.limits().stream())
            .collect(Collectors.joining(" "));
    return new Findings.Diagnosis(sentence, scores);
  }

  private static Findings.Score score(RuleScore score) {
    return new Findings.Score(score.rule(), score.accuracy(), score.cells());
  }

  private Findings.Suggestion suggestion(String command) {
    List<NextCell> next = findings.next(command != null, SUGGESTED);
    return next.isEmpty()
        ? null
        : new Findings.Suggestion(
            next.stream().map(NextCell::why).collect(Collectors.joining(" ")),
            command,
            next.stream().map(NextCell::cellId).filter(Objects::nonNull).toList());
  }
}
