package dev.terrain.cli;

import dev.terrain.cluster.ClusterSize;
import dev.terrain.cluster.MasterAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain flink up}: starts a local cluster, or what it has lost. */
@Command(
    name = "up",
    description =
        "Starts a cluster and waits until it can be used; where one is up, only what it has lost. Prints its address.")
final class FlinkUpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOption option;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes that do the work. Default: ${DEFAULT-VALUE}.")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Units of work at a time in each of them. Default: so many that there is one for each processor.")
  private Integer slots;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Memory of each of them, such as 2g or 1536m. Default: 1 GiB a slot for units, and what Flink itself needs.")
  private Integer memory;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port for jobs and for Flink's pages, 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    ClusterSize size = size();
    MasterAddress master = option.cluster().up(size, port);
    err.printf(
        "%s are up; pages: http://%s; logs: %s%n", size, master, option.folder().resolve("logs"));
    err.flush();
    spec.commandLine().getOut().println(master);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private ClusterSize size() {
    int perTaskManager =
        slots != null
            ? slots
            : Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, taskManagers));
    return memory == null
        ? ClusterSize.of(taskManagers, perTaskManager)
        : new ClusterSize(taskManagers, perTaskManager, memory);
  }
}
