package dev.terrain.stage;

import dev.terrain.registry.Plugins;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SettingsJson;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * A measurement with its settings: names units.
 *
 * <p>A key is the fingerprint of the stage, the declared version of its code, the keys of the
 * trainings that it builds on, the settings that its result depends on, its part if the measurement
 * falls into parts, and its plugin if it comes with one. So a change of a setting, of a data set's
 * bytes or of a stage's code gives new keys to all that follows from it and to nothing else.
 *
 * @param <S> its settings
 */
public final class ConfiguredStage<S extends SpecificRecord> {
  private static final Comparator<ModelRef> BY_SEED =
      Comparator.comparingLong(model -> model.getSpec().getSeed());

  private final MeasurementStage<S> stage;
  private final S settings;
  private final String text;
  private final Optional<String> plugin;
  private final Map<String, Fingerprints.Prepared> keyedParts = new ConcurrentHashMap<>();

  private ConfiguredStage(MeasurementStage<S> stage, S settings) {
    this.stage = stage;
    this.settings = settings;
    this.text = SettingsJson.write(settings);
    this.plugin = Plugins.ofThisProcess().pluginOf(stage);
  }

  /** A stage with settings. */
  public static <S extends SpecificRecord> ConfiguredStage<S> of(
      MeasurementStage<S> stage, S settings) {
    return new ConfiguredStage<>(stage, settings);
  }

  /** A stage with its settings in a sweep. */
  public static <S extends SpecificRecord> ConfiguredStage<S> of(
      MeasurementStage<S> stage, Sweep sweep) {
    return of(stage, stage.settings(sweep));
  }

  /** A stage with the settings of one of its units. */
  public static <S extends SpecificRecord> ConfiguredStage<S> of(
      MeasurementStage<S> stage, Unit unit) {
    return of(stage, stage.settings(unit));
  }

  /** The stage. */
  public MeasurementStage<S> stage() {
    return stage;
  }

  /** What of the settings the key of a part's unit depends on. */
  public S keyed(String part) {
    return stage.keyed(settings, part);
  }

  /**
   * The units that the trained models of a cell give.
   *
   * @param allEnded whether no model of the cell is still to be trained
   */
  public List<Unit> units(List<ModelRef> trained, boolean allEnded) {
    List<ModelRef> bySeed = trained.stream().sorted(BY_SEED).toList();
    List<String> parts = stage.parts(settings);
    return stage.groups(bySeed, allEnded, settings).stream()
        .flatMap(models -> parts.stream().map(part -> unit(models, part)))
        .toList();
  }

  /** The unit of a part of what is measured of these models, which are of one cell. */
  public Unit unit(List<ModelRef> models, String part) {
    return new Unit(
        stage.name(),
        key(stage.codeVersion(), models, part),
        stage.scope().subject(),
        models.get(0).getCellId(),
        models,
        part,
        text);
  }

  /** The key of the unit of a part of these models under a version of the stage's code. */
  public String key(int codeVersion, List<ModelRef> models, String part) {
    List<Object> inputs = new ArrayList<>();
    inputs.add(codeVersion);
    inputs.add(models.stream().map(ModelRef::getKey).toList());
    inputs.add(keyedParts.computeIfAbsent(part, of -> Fingerprints.prepared(keyed(of))));
    if (!part.equals(MeasurementStage.WHOLE)) {
      inputs.add(part);
    }
    plugin.ifPresent(inputs::add);
    return Fingerprints.of(stage.name(), inputs.toArray());
  }

  /** What is wrong with the settings for cells of this network. */
  public Optional<NetworkProblem> problem(CellNetwork cell) {
    return stage.problem(settings, cell);
  }
}
