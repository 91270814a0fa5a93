package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.inspection.StudySubject;
import dev.terrain.plan.UnitStanding;
import dev.terrain.run.SweepRun;
import dev.terrain.sweep.SpecPattern;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
        "Says of each unit of a model or cell how the study stands with it, why, and what would"
            + " change that.")
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "Id of a model or of a cell, or key of a unit; its first digits are enough, four at"
              + " least. Or settings: 'width=4, batch_size=32', with 'seed 1' for a model.")
  private String id;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    boolean settings = SpecPattern.isMeantBy(id);
    if (!settings) {
      StudySubject.checkDigits(id);
    }
    SweepRun run = study.open(data.location());
    List<UnitStanding> standings = settings ? StudySubject.find(run, id).units() : run.explain(id);
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
                  standings.stream().map(standing -> StandingText.facts(run, standing)).toList()));
    } else {
      standings.forEach(standing -> print(run, standing, out));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(SweepRun run, UnitStanding standing, PrintWriter out) {
    StandingText.printLine(run, standing, out);
    if (standing.fate() != UnitStanding.Fate.REMEMBER) {
      out.printf("%-12s %s%n", "", standing.state().remedy());
    }
  }
}
