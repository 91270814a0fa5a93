package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.findings.CellSearch;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.findings.ReportFindings;
import dev.terrain.findings.StudyFindings;
import dev.terrain.report.Findings;
import dev.terrain.taxonomy.boundary.Boundaries;
import dev.terrain.taxonomy.boundary.Bracket;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import dev.terrain.taxonomy.neighbour.NeighbourReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain findings}: phases, boundaries, trends and verdicts of a study. */
@Command(
    name = "findings",
    description =
        "Prints what the cells of a study say together: the thresholds and where they come from,"
            + " how many cells are in each phase, where the boundaries are and how sure that is, how"
            + " test accuracy goes with each metric, double descent, and which of the claims of the"
            + " study that defined the phases hold here.")
final class FindingsCommand implements Callable<Integer> {
  /** Groups of cells whose trends a terminal has room for. */
  private static final Set<String> SHOWN = Set.of("all cells", "converged");

  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;

  @Option(
      names = "--json",
      description = "Print facts as JSON: all that the report's page is drawn from.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ChartedStudy charted = study.chart(spec.commandLine().getErr());
    StudyFindings findings = charted.findings();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(ReportFindings.of(charted, findings, null)));
    } else {
      print(charted, findings, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(ChartedStudy charted, StudyFindings findings, PrintWriter out) {
    Findings page = ReportFindings.of(charted, findings, null);
    out.println("thresholds");
    page.thresholds().forEach(sentence -> out.println("  " + sentence));
    for (Boundaries boundaries : findings.boundaries()) {
      print(boundaries, page.diagrams().get(boundaries.diagram().diagram().name()), out);
    }
    out.printf("%ntest accuracy%n");
    print(page.trends(), out);
    page.descents().forEach(descent -> out.println("  " + descent.sentence()));
    if (page.descents().isEmpty()) {
      out.println("  no double descent beyond the noise of the seeds");
    }
    out.printf("%nclaims%n");
    for (Findings.Verdict verdict : page.verdicts()) {
      out.printf(
          "  %s %s: %s%n     %s%n",
          verdict.claim(), verdict.verdict(), verdict.statement(), verdict.numbers());
    }
    printNeighbours(charted, findings.neighbours(), out);
  }

  private static void printNeighbours(
      ChartedStudy charted, NeighbourReport neighbours, PrintWriter out) {
    out.printf("%ncells unlike their neighbours%n");
    neighbours
        .suspicious()
        .forEach(
            cell ->
                out.printf(
                    "  %s: %s%n",
                    CellSearch.name(CellSearch.find(charted.cells(), cell.cellId())), cell.why()));
    if (neighbours.suspicious().isEmpty()) {
      out.printf(
          "  none of %d that could be compared (of %d)%n",
          neighbours.compared(), neighbours.cells());
    }
  }

  private static void print(Boundaries boundaries, Findings.OfDiagram page, PrintWriter out) {
    PhasedDiagram diagram = boundaries.diagram();
    String name = diagram.diagram().name();
    out.printf("%nphases%s%n", name.isEmpty() ? "" : " at " + name);
    Map<String, Long> counts =
        diagram.cells().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> diagram.phase(cell).map(phase -> phase.label()).orElse("not known"),
                    TreeMap::new,
                    Collectors.counting()));
    counts.forEach(
        (phase, cells) -> out.printf("  %s: %d %s%n", phase, cells, cells == 1 ? "cell" : "cells"));
    page.boundaries().forEach(boundary -> out.println("  " + boundary.sentence()));
    out.println("  " + boundaries.triplePoint().sentence());
    print("brackets of the Hessian transition", boundaries.hessianBrackets(), out);
    print("brackets of the connectivity transition", boundaries.connectivityBrackets(), out);
  }

  private static void print(String title, List<Bracket> brackets, PrintWriter out) {
    out.println("  " + title);
    brackets.forEach(bracket -> out.println("    " + bracket.sentence()));
  }

  private static void print(Findings.Trends trends, PrintWriter out) {
    out.println("  " + trends.sentence());
    TextTable table =
        new TextTable(List.of("metric", "cells", "n", "Spearman", "Kendall", "conditional"));
    for (Findings.Trend trend : trends.rows()) {
      if (!SHOWN.contains(trend.cells().split(",", 2)[0])) {
        continue;
      }
      table.add(
          List.of(
              trend.metric(),
              trend.cells(),
              Integer.toString(trend.n()),
              text(trend.spearman()),
              text(trend.kendall()),
              text(trend.conditional())));
    }
    table.print(out, Integer.MAX_VALUE);
  }

  private static String text(Findings.Estimate estimate) {
    if (estimate == null) {
      return "-";
    }
    return estimate.low() == null
        ? String.format(Locale.ROOT, "%.3f", estimate.value())
        : String.format(
            Locale.ROOT, "%.3f (%.2f, %.2f)", estimate.value(), estimate.low(), estimate.high());
  }
}
