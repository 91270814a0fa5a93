package dev.terrain.stage.standard;

import dev.terrain.data.Datasets;
import dev.terrain.model.Architectures;
import dev.terrain.registry.InvalidPluginException;
import dev.terrain.registry.Plugins;
import dev.terrain.surface.Optimizers;
import dev.terrain.training.LearningRateSchedules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the plugins on the class path can be used: each by itself, and beside all others. */
public final class PluginCheck {
  /** The lists that plugins add to; each is made once a process. */
  private static final List<Runnable> LISTS =
      List.of(
          () -> Datasets.ALL.names(),
          () -> Architectures.ALL.names(),
          () -> Optimizers.ALL.names(),
          () -> LearningRateSchedules.ALL.names(),
          () -> Stages.standard().names(),
          () -> MetricCatalogue.standard());

  private PluginCheck() {}

  /** Why a plugin cannot be used; empty if all can be. */
  public static Optional<String> problem() {
    try {
      if (!Plugins.ofThisProcess().all().isEmpty()) {
        LISTS.forEach(Runnable::run);
      }
      return Optional.empty();
    } catch (InvalidPluginException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (ExceptionInInitializerError e) {
      // What a list throws as it is made; here it is made for the first time.
      return Optional.of(String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()));
    }
  }
}
