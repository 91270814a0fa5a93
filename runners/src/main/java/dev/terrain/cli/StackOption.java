package dev.terrain.cli;

import dev.terrain.beam.units.StackLimit;
import dev.terrain.beam.units.StudyAddress;
import picocli.CommandLine.Option;

/** How many models are trained together. */
final class StackOption {
  @Option(
      names = "--stack",
      paramLabel = "SIZE",
      defaultValue = "auto",
      description =
          "How many models of one shape a worker trains together at most: auto (as many as pay), off (each by itself) or a number from 1 to "
              + StackLimit.MOST
              + ". The values are the same. Default: ${DEFAULT-VALUE}.")
  private String size;

  StudyAddress of(StudyAddress address) {
    return address.withStack(StackLimit.parse("--stack", size));
  }
}
