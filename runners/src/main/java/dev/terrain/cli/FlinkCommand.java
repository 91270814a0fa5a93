package dev.terrain.cli;

import picocli.CommandLine.Command;

/** {@code terrain flink}: a local Flink cluster. */
@Command(
    name = "flink",
    description =
        "Starts and stops a Flink cluster on this machine: separate processes, reachable from this machine only.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {FlinkUpCommand.class, FlinkDownCommand.class, FlinkStatusCommand.class})
final class FlinkCommand {}
