package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diagnosis in words, made of the names of the settings. */
final class AdviceWords {
  private final Diagram diagram;
  private final GridEvidence evidence;

  AdviceWords(Diagram diagram, GridEvidence evidence) {
    this.diagram = diagram;
    this.evidence = evidence;
  }

  /** One sentence a setting, the temperature first. */
  List<String> of(
      DiagramCell cell,
      PhaseRuleOfTemperature.Verdict verdict,
      @Nullable Alternative hotter,
      @Nullable Alternative colder,
      @Nullable Alternative load,
      List<Alternative> further) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        diagram.temperature().setting() + ": " + temperature(cell, verdict, hotter, colder));
    if (cell.mean("test_accuracy") == null) {
      sentences.add(diagram.load().setting() + ": not decidable (test_accuracy is missing)");
    } else if (load != null) {
      sentences.add(sentence(load));
    } else {
      sentences.add(diagram.load().setting() + ": nothing better in this grid");
    }
    further.forEach(each -> sentences.add(sentence(each)));
    return sentences;
  }

  private static String sentence(Alternative better) {
    return better.setting() + ": " + better.change() + " (" + better.words() + ")";
  }

  private String temperature(
      DiagramCell cell,
      PhaseRuleOfTemperature.Verdict verdict,
      @Nullable Alternative hotter,
      @Nullable Alternative colder) {
    TemperatureAdvice advice = verdict.advice();
    if (advice == TemperatureAdvice.NOT_DECIDABLE) {
      return "not decidable (" + verdict.reason() + ")" + measured(hotter, colder);
    }
    String change = advice.change(diagram.temperature());
    Alternative ahead = advice == TemperatureAdvice.HOTTER ? hotter : colder;
    Alternative behind = advice == TemperatureAdvice.HOTTER ? colder : hotter;
    if (cell.mean("test_accuracy") == null) {
      return "%s (%s; test_accuracy is missing, so no gain is known)"
          .formatted(change, verdict.reason());
    }
    if (ahead != null && (behind == null || ahead.gain() >= behind.gain())) {
      return "%s (%s; %s)".formatted(change, ahead.words(), verdict.reason());
    }
    if (behind != null) {
      return "%s by the phase rule (%s), but here %s is better (%s)"
          .formatted(change, verdict.reason(), behind.change(), behind.words());
    }
    if (!evidence.reaches(cell, advice)) {
      return "%s than %s (%s; nothing %s was measured here)"
          .formatted(change, FurtherAxes.text(cell.temperature()), verdict.reason(), change);
    }
    return "nothing better in this grid (the phase rule says %s; %s)"
        .formatted(change, verdict.reason());
  }

  /** What the grid itself shows where the rule does not speak. */
  private static String measured(@Nullable Alternative hotter, @Nullable Alternative colder) {
    Alternative better =
        hotter == null || (colder != null && colder.gain() > hotter.gain()) ? colder : hotter;
    return better == null ? "" : "; measured: " + better.change() + " (" + better.words() + ")";
  }
}
