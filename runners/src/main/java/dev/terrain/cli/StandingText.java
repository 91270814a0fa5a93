package dev.terrain.cli;

import dev.terrain.plan.UnitStanding;
import dev.terrain.run.SweepRun;
import dev.terrain.v1.ModelRef;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a study stands with a unit, for people or for programs. */
final class StandingText {
  private StandingText() {}

  static void printLine(SweepRun run, UnitStanding standing, PrintWriter out) {
    out.printf(
        "%-12s %-13s %s %s%s%n",
        standing.state(),
        standing.unit().getStage(),
        standing.unit().getKey().substring(0, 12),
        run.name(standing.unit()),
        standing.detail().map(detail -> ": " + detail).orElse(""));
  }

  static Map<String, Object> facts(SweepRun run, UnitStanding standing) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", standing.unit().getStage());
    facts.put("key", standing.unit().getKey());
    facts.put("cell_id", standing.unit().getCellId());
    facts.put("model_ids", standing.unit().getModels().stream().map(ModelRef::getModelId).toList());
    facts.put("name", run.name(standing.unit()));
    facts.put("state", standing.state());
    facts.put("detail", standing.detail().orElse(null));
    facts.put("from_saved_progress", standing.isResumable());
    facts.put("a_run_would", standing.fate().name().toLowerCase(Locale.ROOT));
    facts.put("remedy", standing.state().remedy());
    return facts;
  }
}
