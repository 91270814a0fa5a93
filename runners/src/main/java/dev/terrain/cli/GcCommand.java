package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.inspection.Garbage;
import dev.terrain.inspection.Garbage.KeptFor;
import dev.terrain.inspection.GarbageSearch;
import dev.terrain.run.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain gc}: what nothing in a study needs. */
@Command(
    name = "gc",
    description =
        "Lists what no plan of a study refers to, and what killed processes have left; with --delete, removes it.")
final class GcCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;
  @Mixin private DataOption data;

  @Option(
      names = "--older-than",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description =
          "What a process may still be working on is listed once it is so old. Default: ${DEFAULT-VALUE}; 0 where nothing runs. Records stay for an hour at least, and those made from other data than any plan's for ever.")
  private long minimumAge;

  @Option(names = "--delete", description = "Remove what is listed.")
  private boolean delete;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (minimumAge < 0) {
      throw new IllegalArgumentException("--older-than (" + minimumAge + ") must be at least 0");
    }
    study.plan();
    Study searched = study.study(data.location());
    Garbage garbage =
        new GarbageSearch(searched, Duration.ofSeconds(minimumAge), Instant.now()).find();
    if (delete) {
      garbage.removeFrom(searched.store());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(garbage, out);
    } else {
      garbage
          .pieces()
          .forEach(piece -> out.printf("%s: %s%n", piece.name(), piece.reason().text()));
      PrintWriter err = spec.commandLine().getErr();
      keptFor(garbage).forEach((reason, count) -> err.println(kept(reason, count)));
      err.println(total(garbage));
    }
    for (String plan : searched.unsealed()) {
      spec.commandLine()
          .getErr()
          .println(
              plan
                  + ": holds no SHA-256, as it was frozen by version 0.1.0 or before: damage to it could not be noticed; 'terrain run' of its sweep adds a plan that holds one");
    }
    out.flush();
    return ExitCode.DONE;
  }

  private String total(Garbage garbage) {
    if (garbage.pieces().isEmpty()) {
      return "nothing to remove";
    }
    return String.format(
        Locale.ROOT,
        delete ? "%d objects of %.1f MB removed" : "%d objects of %.1f MB; --delete removes them",
        garbage.pieces().size(),
        garbage.bytes() / 1e6);
  }

  private static Map<KeptFor, Long> keptFor(Garbage garbage) {
    return garbage.kept().stream()
        .collect(
            Collectors.groupingBy(
                Garbage.Kept::reason, () -> new EnumMap<>(KeptFor.class), Collectors.counting()));
  }

  private static String kept(KeptFor reason, long count) {
    return String.format(
        Locale.ROOT,
        "%d records of units that no plan asks for are kept: %s",
        count,
        reason.text());
  }

  private void printJson(Garbage garbage, PrintWriter out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("deleted", delete);
    facts.put("bytes", garbage.bytes());
    facts.put("objects", garbage.pieces());
    facts.put("kept", garbage.kept());
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }
}
