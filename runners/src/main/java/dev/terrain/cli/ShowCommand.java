package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.inspection.StudySubject;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.pipelines.UnitStanding;
import dev.terrain.store.CorruptRecordException;
import dev.terrain.store.Ledger;
import dev.terrain.tables.RowJson;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain show}: everything that a study knows of a model, a cell or a unit. */
@Command(
    name = "show",
    description =
        "Shows what a study holds of a model, a cell or a unit: its values, and when, by what and on what machine each was computed.")
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;
  @Mixin private IdParameter id;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SweepRun run = study.open(data.location());
    StudySubject subject = id.find(run);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(facts(run, subject)));
    } else {
      printText(run, subject, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void printText(SweepRun run, StudySubject subject, PrintWriter out)
      throws IOException {
    out.printf("%s %s%n", subject.kind().name().toLowerCase(Locale.ROOT), subject.id());
    for (UnitStanding standing : subject.units()) {
      out.println();
      StandingText.printLine(run, standing, out);
      Optional<UnitResult> record = record(run, standing);
      if (record.isPresent()) {
        new RecordText(record.get()).print(out);
      }
    }
  }

  private static Map<String, Object> facts(SweepRun run, StudySubject subject) throws IOException {
    List<Map<String, Object>> units = new ArrayList<>();
    for (UnitStanding standing : subject.units()) {
      Map<String, Object> facts = new LinkedHashMap<>(StandingText.facts(run, standing));
      Optional<UnitResult> record = record(run, standing);
      facts.put("record", record.isPresent() ? RowJson.tree(record.get()) : null);
      units.add(facts);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", subject.kind());
    facts.put("id", subject.id());
    facts.put("units", units);
    return facts;
  }

  /** A record that cannot be read is named by the standing. */
  private static Optional<UnitResult> record(SweepRun run, UnitStanding standing)
      throws IOException {
    try {
      return new Ledger(run.store()).find(standing.unit().getStage(), standing.unit().getKey());
    } catch (CorruptRecordException e) {
      return Optional.empty();
    }
  }
}
