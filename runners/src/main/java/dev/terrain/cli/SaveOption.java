package dev.terrain.cli;

import dev.terrain.beam.units.StudyAddress;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much work a killed worker may lose. */
final class SaveOption {
  @Option(
      names = "--save-every",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "Least time between two saved states of a training: a killed worker loses so much work. Default: ${DEFAULT-VALUE} s; 0 saves after every step.")
  private double seconds;

  StudyAddress of(StudyAddress address) {
    if (!(seconds >= 0 && seconds <= Duration.ofDays(1).toSeconds())) {
      throw new IllegalArgumentException(
          "--save-every (" + seconds + ") must be from 0 to 86400 seconds");
    }
    return address.withSaveEvery(Duration.ofNanos((long) (seconds * 1e9)));
  }
}
