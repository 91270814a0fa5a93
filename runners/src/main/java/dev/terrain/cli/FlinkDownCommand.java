package dev.terrain.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrain flink down}: ends a local cluster. */
@Command(
    name = "down",
    description = "Ends the processes of a cluster, and no others. Its checkpoints and logs stay.")
final class FlinkDownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOption option;

  @Override
  public Integer call() throws IOException {
    int ended = option.cluster().down();
    spec.commandLine()
        .getErr()
        .println(
            ended == 0
                ? "no cluster was up in " + option.folder()
                : "ended " + ended + " processes");
    return ExitCode.DONE;
  }
}
