package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.StringJoiner;

/**
 * A verdict with its numbers and cells, on a claim or on a part of one.
 *
 * @param cells ids, each once
 */
record Finding(Verdict verdict, String numbers, List<String> cells) {

  static Finding of(Verdict verdict, String numbers, Collection<DiagramCell> cells) {
    return new Finding(verdict, numbers, cells.stream().map(DiagramCell::id).distinct().toList());
  }

  /** Something is missing. */
  static Finding missing(String what) {
    return new Finding(Verdict.NOT_DECIDABLE, what, List.of());
  }

  /**
   * The parts of a claim together: contradicted if one of them is, else supported if one is; the
   * others are not decidable then, and the numbers say so.
   */
  static Finding all(List<Finding> parts) {
    List<Verdict> verdicts = parts.stream().map(Finding::verdict).toList();
    Verdict verdict =
        verdicts.contains(Verdict.CONTRADICTED)
            ? Verdict.CONTRADICTED
            : verdicts.contains(Verdict.SUPPORTED) ? Verdict.SUPPORTED : Verdict.NOT_DECIDABLE;
    LinkedHashSet<String> cells = new LinkedHashSet<>();
    StringJoiner sentences = new StringJoiner("; ");
    long decided = verdicts.stream().filter(it -> it != Verdict.NOT_DECIDABLE).count();
    if (decided > 0 && decided < parts.size()) {
      sentences.add("%d of %d parts are decided".formatted(decided, parts.size()));
    }
    for (Finding part : parts) {
      cells.addAll(part.cells());
      sentences.add(part.numbers() + word(part.verdict(), verdict));
    }
    return new Finding(verdict, sentences.toString(), List.copyOf(cells));
  }

  private static String word(Verdict ofPart, Verdict ofAll) {
    if (ofPart == ofAll) {
      return "";
    }
    return switch (ofPart) {
      case SUPPORTED -> " (supported)";
      case CONTRADICTED -> " (contradicted)";
      case NOT_DECIDABLE -> " (not decidable)";
    };
  }
}
