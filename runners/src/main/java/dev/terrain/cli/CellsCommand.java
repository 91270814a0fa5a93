package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.RowJson;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain cells}: the cells of a study with their headline metrics, or others. */
@Command(
    name = "cells",
    description =
        "Prints the cells of a study, one a line: settings, phase, confidence, and the means of the"
            + " headline metrics, or of others; as many columns as the terminal has room for.")
final class CellsCommand implements Callable<Integer> {
  private static final int ID_DIGITS = 8;

  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      split = ",",
      description =
          "These metrics in place of the headlines, as hessian_trace or cka:debiased; 'terrain"
              + " metrics' lists them. Default variant: the first that was measured.")
  private List<String> asked = List.of();

  @Option(
      names = "--json",
      description =
          "Print facts as JSON: all columns of the table, and the rows of the metrics that are"
              + " asked for.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    study.check();
    TableReader tables = StudyTables.of(study.store());
    List<Cell> cells = new ArrayList<>(tables.read(Cell.class));
    cells.sort(
        Comparator.<Cell, String>comparing(cell -> Objects.requireNonNullElse(cell.getSlice(), ""))
            .thenComparing(Cell::getLoadValue)
            .thenComparing(Cell::getTemperatureValue));
    CellColumns columns = columns(tables);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(cells, columns, out);
    } else {
      print(cells, columns, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private CellColumns columns(TableReader tables) throws IOException {
    if (asked.isEmpty()) {
      return CellColumns.headlines();
    }
    List<CellMetric> rows = tables.read(CellMetric.class);
    if (rows.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("the table of cells' metrics is empty; a run of this version writes it");
    }
    return CellColumns.of(asked, rows);
  }

  private void print(List<Cell> cells, CellColumns columns, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    if (cells.isEmpty()) {
      err.println("the table of cells is empty: no run of this study has ended yet");
      return;
    }
    List<String> left = table(cells, columns).print(out, TerminalWidth.ofOutput());
    out.flush();
    if (!left.isEmpty()) {
      err.printf("no room for %s; --json has all%n", String.join(", ", left));
    }
  }

  private static TextTable table(List<Cell> cells, CellColumns columns) {
    boolean sliced = cells.stream().anyMatch(cell -> cell.getSlice() != null);
    List<String> header = new ArrayList<>(List.of("cell"));
    if (sliced) {
      header.add("slice");
    }
    header.add(cells.get(0).getLoadSetting());
    header.add(cells.get(0).getTemperatureSetting());
    header.addAll(List.of("n", "phase", "conf"));
    header.addAll(columns.header());
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
      columns.means(cell).forEach(mean -> row.add(NumberText.brief(mean)));
      table.add(row);
    }
    return table;
  }

  /** One after the other, as a study may have many. */
  private static void printJson(List<Cell> cells, CellColumns columns, PrintWriter out)
      throws IOException {
    SequenceWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValues(out);
    writer.init(true);
    for (Cell cell : cells) {
      ObjectNode facts = (ObjectNode) RowJson.tree(cell);
      List<CellMetric> rows = columns.rows(cell);
      if (!rows.isEmpty()) {
        ArrayNode metrics = facts.putArray("metrics");
        for (CellMetric row : rows) {
          metrics.add(RowJson.tree(row));
        }
      }
      writer.write(facts);
    }
    writer.flush();
    out.println("]");
  }
}
