package dev.terrain.checks;

import java.io.IOException;
import java.util.Set;

/** The units of work that a sweep asks for. */
@FunctionalInterface
public interface PlannedUnits {
  /**
   * Names every unit.
   *
   * @param diverged ids of the models that no measurement is asked of
   */
  void forEach(Set<String> diverged, Consumer consumer) throws IOException;

  /** What is done with each unit. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Takes a unit.
     *
     * @param key its key, which its rows carry
     * @param name what people know it by
     */
    void accept(String key, String name);
  }
}
