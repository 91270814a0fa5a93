package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.findings.StudyFindings;
import dev.terrain.findings.SuggestedSweep;
import dev.terrain.sweep.SweepYaml;
import dev.terrain.taxonomy.refinement.NextCell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain suggest}: which cells to measure next. */
@Command(
    name = "suggest",
    description =
        "Names the cells whose measurement would tell most about the boundaries between the phases,"
            + " and writes them, with the cells that the study has, as a sweep file that 'run'"
            + " takes: 'terrain run FILE --out STUDY' computes the new ones.")
final class SuggestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many cells. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--same-values",
      description = "Only cells of the grid as it is, no values between those that it has.")
  private boolean sameValues;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the sweep there; standard output gets the cells alone.")
  private Path file;

  @Option(names = "--json", description = "Print the cells as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("--cells (" + count + ") must be positive");
    }
    ChartedStudy charted = study.chart(spec.commandLine().getErr());
    StudyFindings findings = charted.findings();
    boolean runnable = charted.origin().isEmpty();
    List<NextCell> cells = findings.next(!sameValues, count);
    if (cells.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("no cell to suggest: the grid is measured, and no boundary runs through it");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(cells));
    } else {
      cells.forEach(cell -> out.println("# " + describe(charted, cell)));
    }
    if (!cells.isEmpty() && cells.stream().allMatch(cell -> cell.kind() == NextCell.Kind.REPEAT)) {
      spec.commandLine()
          .getErr()
          .println(
              "these cells need more seeds, not the grid more cells: the sweep written is the"
                  + " study's own, whose 'seeds' can be raised");
    }
    if (runnable && (file != null || !json)) {
      String sweep =
          SweepYaml.write(
              SuggestedSweep.of(
                  charted.plan(),
                  findings.diagrams().stream().map(diagram -> diagram.diagram()).toList(),
                  cells));
      if (file == null) {
        out.print(sweep);
      } else {
        Files.writeString(file, sweep);
      }
    }
    out.flush();
    if (!runnable && !json) {
      spec.commandLine()
          .getErr()
          .println("the cells were imported, so there is no sweep to write that 'run' could take");
    }
    return ExitCode.DONE;
  }

  private static String describe(ChartedStudy charted, NextCell cell) {
    return "%s=%s, %s=%s%s: %s (%s)"
        .formatted(
            charted.load().setting(),
            NumberText.plain(cell.load()),
            charted.temperature().setting(),
            NumberText.plain(cell.temperature()),
            cell.slice().isEmpty() ? "" : ", " + cell.slice(),
            cell.why(),
            switch (cell.kind()) {
              case MEASURE -> "not measured yet";
              case COMPLETE -> "a metric is missing";
              case REPEAT -> "more seeds; not in the file, as a sweep has the same in all cells";
              case BETWEEN -> "a new value";
            });
  }
}
