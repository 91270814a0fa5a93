package dev.terrain.study;

import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what has failed by its settings in a sweep, beside the ids that a failure has. */
public final class FailureNames {
  private final Sweep sweep;
  private final Map<String, ModelSpec> cells = new HashMap<>();
  private final Map<String, ModelSpec> models = new HashMap<>();

  private FailureNames(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Names of failures; those of another sweep's models are named by their ids alone. */
  public static FailureNames of(Sweep sweep, List<Failure> failures) {
    FailureNames names = new FailureNames(sweep);
    Set<String> failed =
        failures.stream()
            .map(Failure::getCellId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (!failed.isEmpty()) {
      SweepExpansion expansion = SweepExpansion.of(sweep);
      expansion
          .cells()
          .forEach(
              cell -> {
                String id = Fingerprints.cellId(cell);
                if (failed.contains(id)) {
                  names.cells.put(id, cell);
                  expansion
                      .models(cell)
                      .forEach(spec -> names.models.put(Fingerprints.modelId(spec), spec));
                }
              });
    }
    return names;
  }

  /**
   * The name of what failed with the first digits of its id, such as {@code width=4, batch_size=32,
   * seed 1 (model 4f2c81a09b3e)}, with its part if it is one; empty if the failure tells of no
   * model and no cell.
   */
  public Optional<String> of(Failure failure) {
    return settings(failure)
        .map(settings -> ids(failure).map(ids -> settings + " (" + ids + ")").orElse(settings))
        .or(() -> ids(failure));
  }

  /** The settings alone; empty if the sweep has no such model or cell. */
  public Optional<String> settings(Failure failure) {
    if (failure.getModelId() == null) {
      return Optional.ofNullable(failure.getCellId())
          .map(cells::get)
          .map(cell -> UnitName.ofCell(cell, sweep));
    }
    List<ModelSpec> specs =
        Stream.of(failure.getModelId(), Objects.requireNonNullElse(failure.getOtherModelId(), ""))
            .map(models::get)
            .filter(Objects::nonNull)
            .toList();
    return specs.isEmpty() ? Optional.empty() : Optional.of(UnitName.ofModels(specs, sweep));
  }

  private static Optional<String> ids(Failure failure) {
    if (failure.getModelId() == null) {
      return Optional.ofNullable(failure.getCellId()).map(id -> "cell " + ShortId.of(id));
    }
    String models =
        failure.getOtherModelId() == null
            ? "model " + ShortId.of(failure.getModelId())
            : "models %s and %s"
                .formatted(ShortId.of(failure.getModelId()), ShortId.of(failure.getOtherModelId()));
    return Optional.of(failure.getPart() == null ? models : models + ", " + failure.getPart());
  }
}
