package dev.terrain.engine;

import dev.terrain.transforms.StudyAddress;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is to run.
 *
 * @param sweep the sweep
 * @param address where its study and its data are
 * @param workers units of work at a time
 * @param given options of the engine itself, such as {@code --jobName=x}; they replace ours of the
 *     same name
 */
public record EngineJob(Sweep sweep, StudyAddress address, int workers, List<String> given) {
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
