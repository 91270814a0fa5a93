package dev.terrain.engine;

import dev.terrain.cluster.MasterAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user says about the engine.
 *
 * @param workers units of work at a time, at least 1; by default as many as the engine has room for
 * @param flinkMaster the Flink cluster to use; only the engine {@code flink} wants one
 * @param further options of the engine itself, such as {@code --jobName=x}; they replace ours of
 *     the same name
 */
public record EngineSettings(
    OptionalInt workers, Optional<MasterAddress> flinkMaster, List<String> further) {
  /** Settings; the list is copied. */
  public EngineSettings {
    further = List.copyOf(further);
  }

  int workersOr(int usual) {
    return workers.orElse(usual);
  }
}
