package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.plan.UnitStanding;
import dev.terrain.plan.UnitState;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.standard.Stages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain list}: the units of a study, and how it stands with each. */
@Command(
    name = "list",
    description =
        "Lists the units of a study's sweep, or its cells or models, one a line, and how it stands"
            + " with each.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only units in these states: ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<UnitState> states = EnumSet.allOf(UnitState.class);

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      split = ",",
      description =
          "Only units of these stages: train, curvature, connectivity, similarity, distance."
              + " Default: all.")
  private List<String> stages = Stages.standard().names();

  @ArgGroup private What what = new What();

  /** At most one of them. */
  private static final class What {
    @Option(
        names = "--cells",
        description = "Not units but cells, and in what states the units of each are.")
    private boolean cells;

    @Option(
        names = "--models",
        description =
            "Not units but models, and in what states the units of each alone are: training and"
                + " curvature.")
    private boolean models;
  }

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    stages.forEach(Stages.standard()::named);
    SweepRun run = study.open(data.location());
    PrintWriter out = spec.commandLine().getOut();
    if (what.cells || what.models) {
      printCounts(run, out);
    } else if (json) {
      printJson(run, out);
    } else {
      run.visit(
          standing -> {
            if (isAskedFor(standing)) {
              StandingText.printLine(run, standing, out);
            }
          });
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void printCounts(SweepRun run, PrintWriter out) throws IOException {
    StandingCounts counts = new StandingCounts(run, what.models);
    run.visit(
        standing -> {
          if (isAskedFor(standing)) {
            counts.add(standing);
          }
        });
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(counts.facts()));
    } else {
      counts.print(out);
    }
  }

  private boolean isAskedFor(UnitStanding standing) {
    return states.contains(standing.state()) && stages.contains(standing.unit().getStage());
  }

  /** One after the other, as a study may have many. */
  private void printJson(SweepRun run, PrintWriter out) throws IOException {
    // Closing the sequence must not close the output.
    SequenceWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValues(out);
    writer.init(true);
    run.visit(
        standing -> {
          if (isAskedFor(standing)) {
            try {
              writer.write(StandingText.facts(run, standing));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    writer.flush();
    out.println("]");
  }
}
