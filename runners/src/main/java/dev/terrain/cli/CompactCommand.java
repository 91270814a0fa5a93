package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.run.SweepRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain compact}: packs the ledger. */
@Command(
    name = "compact",
    description =
        "Packs the records of finished units into segments of many, also while runs work on the study; a run that ends does so itself once a stage has some thousand.")
final class CompactCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    LedgerCompaction.Outcome outcome =
        new SweepRun(study.plan().sweep(), new StudyAddress(study.address(), null)).compact(2);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(outcome));
    } else {
      out.printf(
          "%d records packed into %d segments; %d single records removed%n",
          outcome.records(), outcome.segments(), outcome.removed());
    }
    out.flush();
    return ExitCode.DONE;
  }
}
