package dev.terrain.stage.standard;

import dev.terrain.registry.Extension;
import dev.terrain.registry.InvalidPluginException;
import dev.terrain.registry.Plugins;
import dev.terrain.registry.Registry;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.comparison.ConnectivityStage;
import dev.terrain.stage.comparison.DistanceStage;
import dev.terrain.stage.comparison.SimilarityStage;
import dev.terrain.stage.curvature.CurvatureStage;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.sweep.SweepSections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The stages that there are, in the order in which a run comes to them: the training, the
 * verification of its weights, then the measurements. They say which units there are; who computes
 * those of a stage may be replaced.
 */
public final class Stages implements Serializable {
  /** The measurements that are built in. */
  public static final List<MeasurementStage<?>> MEASUREMENTS =
      List.of(
          new CurvatureStage(),
          new ConnectivityStage(),
          new SimilarityStage(),
          new DistanceStage());

  /** What no measurement may be called, as failures and records have these names. */
  private static final Set<String> TAKEN =
      Set.of(TrainStage.NAME, CheckpointStage.NAME, "summarise");

  private static final long serialVersionUID = 1;
  private static final Stages STANDARD = of(allMeasurements());

  private final List<Stage> beforeMeasuring;
  private final List<MeasurementStage<?>> measurements;
  private final Map<String, Stage> replaced;

  private Stages(
      List<Stage> beforeMeasuring,
      List<MeasurementStage<?>> measurements,
      Map<String, Stage> replaced) {
    this.beforeMeasuring = beforeMeasuring;
    this.measurements = measurements;
    this.replaced = replaced;
  }

  private static List<MeasurementStage<?>> allMeasurements() {
    List<MeasurementStage<?>> all = new ArrayList<>(MEASUREMENTS);
    for (Extension extension : Plugins.ofThisProcess().all()) {
      if (extension instanceof MeasurementStage<?> stage) {
        all.add(stage);
      }
    }
    return all;
  }

  /** The stages of this process: those that are built in, then those of plugins. */
  public static Stages standard() {
    return STANDARD;
  }

  /**
   * The training, the verification of its weights, and these measurements.
   *
   * @throws dev.terrain.registry.InvalidPluginException if two have one name, or one has the name
   *     of a part of every sweep
   */
  public static Stages of(List<? extends MeasurementStage<?>> measurements) {
    for (MeasurementStage<?> stage : measurements) {
      if (TAKEN.contains(stage.name()) || SweepSections.isKey(stage.name())) {
        throw new InvalidPluginException(
            "stage class %s must have another name than '%s', which has a meaning in every sweep or study"
                .formatted(stage.getClass().getName(), stage.name()));
      }
    }
    List<MeasurementStage<?>> all =
        List.copyOf(Registry.<MeasurementStage<?>>of(List.copyOf(measurements)).all());
    return new Stages(List.of(new TrainStage(), new CheckpointStage()), all, Map.of());
  }

  /** The same, but the units of the stage of its name are computed by another. */
  public Stages withComputing(Stage stage) {
    named(stage.name());
    Map<String, Stage> others = new HashMap<>(replaced);
    others.put(stage.name(), stage);
    return new Stages(beforeMeasuring, measurements, Map.copyOf(others));
  }

  /** The measurements, in their order. */
  public List<MeasurementStage<?>> measurements() {
    return measurements;
  }

  /** The names of all stages, in their order. */
  public List<String> names() {
    return all().map(Stage::name).toList();
  }

  /**
   * The stage of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Stage named(String name) {
    return all()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "stage (" + name + ") must be one of " + String.join(", ", names())));
  }

  /** The measurement of a name; empty for what comes before measuring. */
  public Optional<MeasurementStage<?>> measurement(String name) {
    for (MeasurementStage<?> stage : measurements) {
      if (stage.name().equals(name)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }

  /**
   * Who computes the units of a stage.
   *
   * @throws IllegalArgumentException if there is no stage of this name
   */
  public Stage computing(String name) {
    Stage stage = replaced.get(name);
    return stage == null ? named(name) : stage;
  }

  private Stream<Stage> all() {
    return Stream.concat(beforeMeasuring.stream(), measurements.stream());
  }
}
