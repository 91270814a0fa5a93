package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.pipelines.UnitStanding;
import dev.terrain.v1.ModelRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain explain}: why units are done, or are not. */
@Command(
    name = "explain",
    description =
        "Says of each unit of a model or cell how the study stands with it, why, and what would change that.")
final class ExplainCommand implements Callable<Integer> {
  private static final int LEAST_DIGITS = 4;

  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "Id of a model or of a cell, or key of a unit; its first digits are enough, four at least.")
  private String id;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!id.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
      throw new IllegalArgumentException(
          "ID (" + id + ") must be 4 to 64 hexadecimal digits in lower case");
    }
    SweepRun run = study.open(data.location());
    List<UnitStanding> standings = run.explain(id);
    if (standings.isEmpty()) {
      throw new IllegalArgumentException(
          "ID (" + id + ") names no model, cell or unit of the sweep");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(
                  standings.stream().map(standing -> facts(run, standing)).toList()));
    } else {
      standings.forEach(standing -> print(run, standing, out));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(SweepRun run, UnitStanding standing, PrintWriter out) {
    out.printf(
        "%-12s %-13s %s %s%s%n",
        standing.state(),
        standing.unit().getStage(),
        standing.unit().getKey().substring(0, 12),
        run.name(standing.unit()),
        standing.detail().map(detail -> ": " + detail).orElse(""));
    if (standing.fate() != UnitStanding.Fate.REMEMBER) {
      out.printf("%-12s %s%n", "", standing.state().remedy());
    }
  }

  private static Map<String, Object> facts(SweepRun run, UnitStanding standing) {
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
