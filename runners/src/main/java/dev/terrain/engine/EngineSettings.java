package dev.terrain.engine;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine is to run, and what a user says about the engine.
 *
 * @param sweep the sweep
 * @param address where its study and its data are
 * @param workers units of work at a time, at least 1; by default as many as the engine has room for
 * @param flinkMaster the Flink cluster to use; only the engine {@code flink} wants one
 * @param given options of the engine itself, such as {@code --jobName=x}; they replace ours of the
 *     same name
 */
public record EngineSettings(
    Sweep sweep,
    StudyAddress address,
    OptionalInt workers,
    Optional<MasterAddress> flinkMaster,
    List<String> given) {
  /** Settings; the list is copied. */
  public EngineSettings {
    given = List.copyOf(given);
  }

  int workersOr(int usual) {
    return workers.orElse(usual);
  }

  /** Whether an option is given, by its name without dashes. */
  boolean gives(String name) {
    return value(name).isPresent();
  }

  /** The value given to an option; empty text if it is given without one. */
  Optional<String> value(String name) {
    return given.stream()
        .map(argument -> argument.split("=", 2))
        .filter(parts -> parts[0].equals("--" + name))
        .map(parts -> parts.length == 1 ? "" : parts[1])
        .reduce((first, last) -> last);
  }
}
