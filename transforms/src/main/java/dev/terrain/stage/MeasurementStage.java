package dev.terrain.stage;

import dev.terrain.registry.Extension;
import dev.terrain.registry.Plugins;
import dev.terrain.stage.standard.Stages;
import dev.terrain.sweep.SettingsJson;
import dev.terrain.sweep.SweepSection;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A stage that measures trained models, with all that the rest of Terrain has to know of it: a
 * sweep's section and family of metrics, the units of a cell, their keys and their costs. A new one
 * is this class, the schema of its settings, its kernel, and a word in {@link Stages#MEASUREMENTS};
 * or a line in the services of a plugin's jar.
 *
 * <p>Implementations have no state.
 *
 * @param <S> its settings; {@link dev.terrain.v1.NoSettings} for none
 */
public interface MeasurementStage<S extends SpecificRecord>
    extends Stage, SweepSection<S>, Extension {
  /** The kind of things that stages are. */
  String KIND = "stage";

  /** The part of a measurement that falls into no parts. */
  String WHOLE = "";

  /** Name of the stage, of its family of metrics and of its section in a sweep. */
  @Override
  String name();

  @Override
  default String kind() {
    return KIND;
  }

  /** The declared version of its code. */
  @Override
  default int version() {
    return codeVersion();
  }

  @Override
  default boolean isAskedForByDefault() {
    return Plugins.ofThisProcess().pluginOf(this).isEmpty();
  }

  /** What its units are about. */
  Scope scope();

  /**
   * The parts that the measurement of a group of models falls into: each is a unit of its own, with
   * its own key, and adding one leaves the others as they are. Default: one part, {@link #WHOLE}.
   */
  default List<String> parts(S settings) {
    return List.of(WHOLE);
  }

  /**
   * What of the settings the key of a unit depends on: those that change no value at their
   * defaults, sets in one order. Default: all as they are.
   */
  default S keyed(S settings) {
    return settings;
  }

  /** What of the settings the key of a part's unit depends on. Default: that of the whole. */
  default S keyed(S settings, String part) {
    return keyed(settings);
  }

  /**
   * The units that the trained models of a cell give, each as its models. Whatever is given while
   * models are still trained is also given afterwards, or replaced by what is then.
   *
   * @param trained the models that can be measured, by seed
   * @param allEnded whether no model of the cell is still to be trained
   */
  default List<List<ModelRef>> groups(List<ModelRef> trained, boolean allEnded, S settings) {
    return scope().groups(trained, allEnded);
  }

  /** All metrics that it can measure, whatever the settings. */
  List<MetricInfo> metrics();

  /** What is wrong with the settings for cells of this network. Default: nothing. */
  default Optional<NetworkProblem> problem(S settings, CellNetwork cell) {
    return Optional.empty();
  }

  /** The nominal time of a unit; see {@link Stage#nominalSeconds(Unit, CellCost)}. */
  double nominalSeconds(Unit unit, S settings, CellCost cost);

  /** What {@link Stage#prolongation(Unit)} says. Default: nothing. */
  default Optional<Prolongation> prolongation(Unit unit, S settings) {
    return Optional.empty();
  }

  /** Computes a unit; see {@link Stage#compute(Unit, StageContext)}. */
  UnitResult compute(Unit unit, S settings, StageContext context) throws IOException;

  /** The settings that a unit is measured with. */
  default S settings(Unit unit) {
    return SettingsJson.read(settingsType(), unit.getSettings());
  }

  @Override
  default boolean comparesModels() {
    return scope().leastModels() > 1;
  }

  @Override
  default double nominalSeconds(Unit unit, CellCost cost) {
    return nominalSeconds(unit, settings(unit), cost);
  }

  @Override
  default Optional<Prolongation> prolongation(Unit unit) {
    return prolongation(unit, settings(unit));
  }

  @Override
  default UnitResult compute(Unit unit, StageContext context) throws IOException {
    return compute(unit, settings(unit), context);
  }
}
