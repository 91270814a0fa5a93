package dev.terrain.beam.watch;

import dev.terrain.stage.standard.Stages;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellKnowledge;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the units of one cell. Of demands only those are kept that a summary may still
 * depend on, so that what is remembered grows with the units of the cell, not with the news of
 * them.
 */
final class CellMemory {
  private final Stages stages;
  private final Map<String, List<CellDemand>> demands = new LinkedHashMap<>();
  private final Map<String, UnitResult> results = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();

  /**
   * @param knowledge what was kept before, null at first
   * @param stages which stages there are
   */
  CellMemory(@Nullable CellKnowledge knowledge, Stages stages) {
    this.stages = stages;
    if (knowledge != null) {
      knowledge.getDemands().forEach(this::add);
      knowledge.getResults().forEach(this::add);
      failed.addAll(knowledge.getFailed());
    }
  }

  /** Takes in what happened to one unit, or what is asked for. */
  void hear(CellNews news) {
    if (news.getDemand() != null) {
      add(news.getDemand());
    } else if (news.getResult() != null) {
      add(news.getResult());
    } else {
      failed.add(news.getFailed());
    }
  }

  private void add(CellDemand demand) {
    demands
        .computeIfAbsent(SweepFrame.id(demand.getFrame()), frame -> new ArrayList<>())
        .add(demand);
  }

  private void add(UnitResult result) {
    results.put(CellReview.key(result), result);
  }

  /** Whether a unit of the cell has ended. */
  boolean hasEndedUnits() {
    return !results.isEmpty() || !failed.isEmpty();
  }

  /** What each frame sees of the cell, by the frame's id, in the order in which they asked. */
  Map<String, CellReview> reviews() {
    Map<String, CellReview> reviews = new LinkedHashMap<>();
    demands.forEach(
        (frame, ofFrame) -> reviews.put(frame, new CellReview(ofFrame, results, failed, stages)));
    return reviews;
  }

  /** What is to be kept. */
  CellKnowledge knowledge() {
    return new CellKnowledge(
        reviews().values().stream()
            .map(CellReview::demandsThatCount)
            .flatMap(Collection::stream)
            .toList(),
        List.copyOf(results.values()),
        List.copyOf(failed));
  }
}
