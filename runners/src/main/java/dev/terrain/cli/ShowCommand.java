package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.inspection.StudySubject;
import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.plan.UnitStanding;
import dev.terrain.run.SweepRun;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.RowJson;
import dev.terrain.v1.Cell;
import dev.terrain.v1.ModelSpec;
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
        "Shows what a study holds of a model, a cell or a unit: its values, and when, by what and"
            + " on what machine each was computed.")
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;
  @Mixin private IdParameter id;

  @Option(
      names = "--full",
      description =
          "Of a cell: also what each of its units holds. Models and units are always full.")
  private boolean full;

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

  private void printText(SweepRun run, StudySubject subject, PrintWriter out) throws IOException {
    boolean cell = subject.kind() == StudySubject.Kind.CELL;
    out.printf("%s %s%n", subject.kind().name().toLowerCase(Locale.ROOT), subject.id());
    out.println(name(run, subject));
    if (cell) {
      Optional<Cell> row = row(run, subject);
      if (row.isPresent()) {
        new CellText(row.get()).print(out);
      } else {
        out.println("  no row in the table of cells: no run has ended since the cell was planned");
      }
      out.println();
    }
    for (UnitStanding standing : subject.units()) {
      if (!cell || full) {
        out.println();
      }
      StandingText.printLine(run, standing, out);
      Optional<UnitResult> record = cell && !full ? Optional.empty() : record(run, standing);
      if (record.isPresent()) {
        new RecordText(record.get()).print(out);
      }
    }
    if (cell && !full) {
      out.println("(--full: what each of these holds)");
    }
  }

  private static String name(SweepRun run, StudySubject subject) {
    ModelSpec spec = subject.models().get(0).getSpec();
    return switch (subject.kind()) {
      case CELL -> run.cellName(spec);
      case MODEL -> run.modelName(spec);
      case UNIT -> run.name(subject.units().get(0).unit());
    };
  }

  private static Optional<Cell> row(SweepRun run, StudySubject subject) throws IOException {
    return StudyTables.of(run.store()).read(Cell.class).stream()
        .filter(cell -> cell.getCellId().equals(subject.id()))
        .findFirst();
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
    facts.put("name", name(run, subject));
    if (subject.kind() == StudySubject.Kind.CELL) {
      Optional<Cell> row = row(run, subject);
      facts.put("row", row.isPresent() ? RowJson.tree(row.get()) : null);
    }
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
