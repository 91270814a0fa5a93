package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.RowJson;
import dev.terrain.v1.Cell;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain cells}: the cells of a study with their headline metrics. */
@Command(
    name = "cells",
    description =
        "Prints the cells of a study, one a line: settings, phase, confidence, and the means of the"
            + " headline metrics; as many columns as the terminal has room for.")
final class CellsCommand implements Callable<Integer> {
  /** Columns by their metrics; those that decide the phase come first. */
  private static final Map<String, String> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("train_loss", "train loss");
    METRICS.put("mode_connectivity", "mode conn");
    METRICS.put("cka", "CKA");
    METRICS.put("test_accuracy", "test acc");
    METRICS.put("hessian_top_eigenvalue", "top eigenv");
    METRICS.put("hessian_trace", "trace");
    METRICS.put("l2_distance", "L2 dist");
  }

  private static final int ID_DIGITS = 8;

  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;

  @Option(names = "--json", description = "Print facts as JSON: all columns of the table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    study.check();
    List<Cell> cells = new ArrayList<>(StudyTables.of(study.store()).read(Cell.class));
    cells.sort(
        Comparator.<Cell, String>comparing(cell -> Objects.requireNonNullElse(cell.getSlice(), ""))
            .thenComparing(Cell::getLoadValue)
            .thenComparing(Cell::getTemperatureValue));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(cells, out);
    } else {
      print(cells, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void print(List<Cell> cells, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    if (cells.isEmpty()) {
      err.println("the table of cells is empty: no run of this study has ended yet");
      return;
    }
    List<String> left = table(cells).print(out, TerminalWidth.ofOutput());
    out.flush();
    if (!left.isEmpty()) {
      err.printf("no room for %s; --json has all%n", String.join(", ", left));
    }
  }

  private static TextTable table(List<Cell> cells) {
    boolean sliced = cells.stream().anyMatch(cell -> cell.getSlice() != null);
    List<String> header = new ArrayList<>(List.of("cell"));
    if (sliced) {
      header.add("slice");
    }
    header.add(cells.get(0).getLoadSetting());
    header.add(cells.get(0).getTemperatureSetting());
    header.addAll(List.of("n", "phase", "conf"));
    header.addAll(METRICS.values());
    TextTable table = new TextTable(header);
    for (Cell cell : cells) {
      List<String> row = new ArrayList<>(List.of(cell.getCellId().substring(0, ID_DIGITS)));
      if (sliced) {
        row.add(Objects.requireNonNullElse(cell.getSlice(), ""));
      }
      row.add(NumberText.plain(cell.getLoadValue()));
      row.add(NumberText.plain(cell.getTemperatureValue()));
      row.add(
          cell.getNDiverged() == 0
              ? "" + cell.getNModels()
              : cell.getNModels() + "+" + cell.getNDiverged() + "div");
      row.add(Objects.requireNonNullElse(cell.getPhase(), "-"));
      row.add(
          cell.getPhaseConfidence() == null
              ? "-"
              : "%.0f%%".formatted(100 * cell.getPhaseConfidence()));
      for (String metric : METRICS.keySet()) {
        row.add(NumberText.brief(CellMetric.of(cell, metric).mean()));
      }
      table.add(row);
    }
    return table;
  }

  /** One after the other, as a study may have many. */
  private static void printJson(List<Cell> cells, PrintWriter out) throws IOException {
    SequenceWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValues(out);
    writer.init(true);
    for (Cell cell : cells) {
      writer.write(RowJson.tree(cell));
    }
    writer.flush();
    out.println("]");
  }
}
