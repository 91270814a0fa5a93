package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.findings.CellSearch;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.taxonomy.Phase;
import dev.terrain.taxonomy.diagnosis.Diagnoses;
import dev.terrain.taxonomy.diagnosis.Diagnosis;
import dev.terrain.v1.Cell;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain diagnose}: what to change in a cell. */
@Command(
    name = "diagnose",
    description =
        "Tells what to change in a cell for a better test accuracy: which way to turn the"
            + " temperature, by its phase; what the other cells of the grid say of load and further"
            + " settings, with the gains; and how often that rule is right on this grid, beside"
            + " rules that see the settings alone.")
final class DiagnoseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description =
          "First digits of a cell's id, or settings such as 'width=4, batch_size=32'. Default: all"
              + " cells, one a line.")
  private String id;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ChartedStudy charted = study.chart(spec.commandLine().getErr());
    Diagnoses diagnoses = charted.findings().diagnoses();
    PrintWriter out = spec.commandLine().getOut();
    if (id != null) {
      Cell cell = CellSearch.find(charted.cells(), id);
      Diagnosis diagnosis = diagnoses.of(cell.getCellId()).orElseThrow();
      if (json) {
        printJson(facts(cell, diagnosis), out);
      } else {
        print(cell, diagnosis, diagnoses, out);
      }
    } else if (json) {
      printJson(
          Map.of(
              "score", diagnoses.score(),
              "limits", diagnoses.limits(),
              "cells", all(charted, diagnoses)),
          out);
    } else {
      printAll(charted, diagnoses, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(Cell cell, Diagnosis diagnosis, Diagnoses diagnoses, PrintWriter out) {
    out.printf("cell %s%n%s%n", cell.getCellId(), CellSearch.name(cell));
    out.printf("  phase        %s%n", phase(diagnosis));
    out.printf("  temperature  %s (%s)%n", words(diagnosis.temperature()), diagnosis.reason());
    diagnosis.advice().forEach(advice -> out.printf("  %s%n", advice));
    out.printf("  a rule that sees the settings alone says: %s%n", words(diagnosis.baseline()));
    out.printf("  the grid itself shows: %s%n%n", words(diagnosis.grid()));
    out.println(diagnoses.score().sentence());
    diagnoses.limits().forEach(out::println);
  }

  private void printAll(ChartedStudy charted, Diagnoses diagnoses, PrintWriter out) {
    Map<String, Cell> cells = new HashMap<>();
    charted.cells().forEach(cell -> cells.put(cell.getCellId(), cell));
    TextTable table =
        new TextTable(
            List.of("cell", "settings", "phase", "temperature", "gain", "settings alone say"));
    for (Diagnosis diagnosis : diagnoses.all()) {
      table.add(
          List.of(
              diagnosis.cellId().substring(0, Math.min(8, diagnosis.cellId().length())),
              CellSearch.name(cells.get(diagnosis.cellId())),
              phase(diagnosis),
              words(diagnosis.temperature()),
              diagnosis.expected() == null
                  ? "-"
                  : String.format(Locale.ROOT, "%+.1f", diagnosis.expected().gain()),
              words(diagnosis.baseline())));
    }
    List<String> left = table.print(out, TerminalWidth.ofOutput());
    out.println();
    out.println(diagnoses.score().sentence());
    diagnoses.limits().forEach(out::println);
    out.flush();
    if (!left.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf("no room for %s; --json has all%n", String.join(", ", left));
    }
  }

  private static List<Map<String, Object>> all(ChartedStudy charted, Diagnoses diagnoses) {
    Map<String, Cell> cells = new HashMap<>();
    charted.cells().forEach(cell -> cells.put(cell.getCellId(), cell));
    return diagnoses.all().stream()
        .map(diagnosis -> facts(cells.get(diagnosis.cellId()), diagnosis))
        .toList();
  }

  private static Map<String, Object> facts(Cell cell, Diagnosis diagnosis) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cell_id", cell.getCellId());
    facts.put("settings", CellSearch.name(cell));
    facts.put("phase", phase(diagnosis));
    facts.put("temperature", words(diagnosis.temperature()));
    facts.put("reason", diagnosis.reason());
    facts.put("expected", diagnosis.expected());
    facts.put("load", diagnosis.load());
    facts.put("further", diagnosis.further());
    facts.put("baseline", words(diagnosis.baseline()));
    facts.put("grid", words(diagnosis.grid()));
    facts.put("advice", diagnosis.advice());
    return facts;
  }

  private static void printJson(Object facts, PrintWriter out) throws IOException {
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private static String phase(Diagnosis diagnosis) {
    return Optional.ofNullable(diagnosis.phase()).map(Phase::label).orElse("-");
  }

  private static String words(Enum<?> advice) {
    return advice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
