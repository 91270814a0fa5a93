package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.cluster.ClusterJob;
import dev.terrain.cluster.ClusterOverview;
import dev.terrain.cluster.ClusterStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain flink status}: how a local cluster is. */
@Command(
    name = "status",
    description = "Says how a cluster is. Exit code 0 if all of it is up, else 3.")
final class FlinkStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOption option;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<ClusterStatus> status = option.cluster().status();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> facts = status.map(FlinkStatusCommand::facts).orElse(Map.of("up", false));
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
    } else if (status.isPresent()) {
      print(status.get(), out);
    } else {
      out.printf("no cluster is up in %s%n", option.folder());
    }
    out.flush();
    return status.filter(ClusterStatus::isWhole).isPresent() ? ExitCode.DONE : ExitCode.INVALID;
  }

  private static void print(ClusterStatus status, PrintWriter out) {
    out.println(
        status
            .overview()
            .map(
                found ->
                    "Flink %s at %s: %d TaskManagers, %d slots, %d of them free"
                        .formatted(
                            found.flinkVersion(),
                            status.master(),
                            found.taskManagers(),
                            found.slots(),
                            found.freeSlots()))
            .orElse("the JobManager at " + status.master() + " does not answer"));
    for (ClusterStatus.ProcessStatus process : status.processes()) {
      out.printf(
          "  %-14s %s, log %s%n",
          process.role(),
          process.alive() ? "runs as process " + process.pid() : "has ended",
          process.log());
    }
    for (ClusterJob job : status.jobs()) {
      out.printf("  job %s %s %s%n", job.id(), job.state(), job.name());
    }
  }

  private static Map<String, Object> facts(ClusterStatus status) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("up", status.isWhole());
    facts.put("master", status.master().toString());
    facts.put("task_managers", status.overview().map(ClusterOverview::taskManagers).orElse(0));
    facts.put("slots", status.overview().map(ClusterOverview::slots).orElse(0));
    facts.put("free_slots", status.overview().map(ClusterOverview::freeSlots).orElse(0));
    facts.put("flink_version", status.overview().map(ClusterOverview::flinkVersion).orElse(null));
    facts.put("processes", status.processes());
    List<ClusterJob> jobs = status.jobs();
    facts.put("jobs", jobs);
    return facts;
  }
}
