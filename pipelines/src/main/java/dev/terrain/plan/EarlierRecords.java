package dev.terrain.plan;

import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlannedData;
import dev.terrain.study.ShortId;
import dev.terrain.study.StudyTables;
import dev.terrain.study.SweepData;
import dev.terrain.sweep.AxisValues;
import dev.terrain.sweep.StreamNames;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a study has in the place of a unit that it lacks: the same unit computed by an earlier
 * version of the code, or with the settings of an earlier plan, or under an id of an earlier form
 * of the settings.
 */
final class EarlierRecords {
  private final Stages stages = Stages.standard();
  private final Sweep sweep;
  private final SweepData data;
  private final StageContext context;
  private final List<FrozenPlan> earlierPlans;
  private final Map<String, Set<String>> keys = new HashMap<>();
  private Map<List<Object>, String> modelIds;

  /**
   * @param plans the study's plans, the latest last
   */
  EarlierRecords(Sweep sweep, SweepData data, StageContext context, List<FrozenPlan> plans)
      throws IOException {
    this.sweep = sweep;
    this.data = data;
    this.context = context;
    List<PlannedData> now = plans.isEmpty() ? List.of() : data.planned(sweep);
    this.earlierPlans =
        plans.stream()
            .filter(
                plan -> !plan.sweep().equals(sweep) || (plan.isSealed() && !plan.hasContent(now)))
            .toList();
  }

  /**
   * What was found.
   *
   * @param state why it is no record of the unit
   * @param detail what differs
   */
  record Found(UnitState state, String detail) {}

  Optional<Found> find(Unit unit) throws IOException {
    Optional<Found> found = Optional.empty();
    if (!recorded(unit.getStage()).isEmpty()) {
      found = ofEarlierCode(unit);
      for (int i = earlierPlans.size() - 1; i >= 0 && found.isEmpty(); i--) {
        found = ofEarlierPlan(unit, earlierPlans.get(i));
      }
    }
    return found.isEmpty() && unit.getStage().equals(TrainStage.NAME) ? ofEarlierForm(unit) : found;
  }

  private Optional<Found> ofEarlierCode(Unit unit) throws IOException {
    int current = stages.named(unit.getStage()).codeVersion();
    String sha256 = data.sha256(unit.getModels().get(0).getSpec().getDataset());
    for (int version = current - 1; version > 0; version--) {
      if (isRecorded(unit.getStage(), keyUnder(version, unit, unit.getPart(), sha256))
          || isRecorded(unit.getStage(), keyUnder(version, unit, MeasurementStage.WHOLE, sha256))) {
        return Optional.of(new Found(UnitState.CODE_VERSION, version + " -> " + current));
      }
    }
    return Optional.empty();
  }

  /**
   * The key that a part of a unit had under another version of its stage's code, in which a
   * measurement may not have had parts.
   */
  private String keyUnder(int codeVersion, Unit unit, String part, String dataSha256) {
    return stages
        .measurement(unit.getStage())
        .map(stage -> ConfiguredStage.of(stage, unit).key(codeVersion, unit.getModels(), part))
        .orElseGet(() -> keyOfModel(codeVersion, unit, dataSha256));
  }

  private static String keyOfModel(int codeVersion, Unit unit, String dataSha256) {
    ModelRef model = unit.getModels().get(0);
    return unit.getStage().equals(CheckpointStage.NAME)
        ? Units.checkpointKey(codeVersion, model)
        : Units.trainingKey(model.getModelId(), model.getSpec(), codeVersion, dataSha256);
  }

  private Optional<Found> ofEarlierPlan(Unit unit, FrozenPlan plan) throws IOException {
    Optional<Unit> before = unitOf(plan, unit);
    if (before.isEmpty()
        || before.get().getKey().equals(unit.getKey())
        || !isRecorded(unit.getStage(), before.get().getKey())) {
      return Optional.empty();
    }
    SpecificRecord then = settings(before.get());
    SpecificRecord now = settings(unit);
    List<String> changes = new ArrayList<>();
    for (Schema.Field field : now.getSchema().getFields()) {
      Object old = then.get(field.pos());
      if (!Objects.equals(old, now.get(field.pos()))) {
        changes.add("%s: %s -> %s".formatted(field.name(), old, now.get(field.pos())));
      }
    }
    if (unit.getStage().equals(TrainStage.NAME)) {
      changes.addAll(changeOfData(unit.getModels().get(0).getSpec().getDataset(), plan));
    }
    return Optional.of(new Found(UnitState.SPEC_CHANGED, String.join(", ", changes)));
  }

  private List<String> changeOfData(String dataset, FrozenPlan plan) throws IOException {
    String now = data.sha256(dataset);
    return plan.data(dataset).stream()
        .map(PlannedData::sha256)
        .filter(then -> !then.equals(now))
        .map(
            then -> "content of %s: %s -> %s".formatted(dataset, ShortId.of(then), ShortId.of(now)))
        .toList();
  }

  /** What the key of a unit depends on. */
  private SpecificRecord settings(Unit unit) {
    Optional<MeasurementStage<?>> measurement = stages.measurement(unit.getStage());
    return measurement.isPresent()
        ? ConfiguredStage.of(measurement.get(), unit).keyed(unit.getPart())
        : unit.getModels().get(0).getSpec();
  }

  /** The unit that another plan has at the same place of the axes. */
  private Optional<Unit> unitOf(FrozenPlan frozen, Unit unit) throws IOException {
    Sweep plan = frozen.sweep();
    if (unit.getStage().equals(TrainStage.NAME)) {
      ModelSpec spec = atSamePlace(plan, unit.getModels().get(0).getSpec());
      Optional<PlannedData> then = frozen.data(spec.getDataset());
      return Optional.of(
          Units.train(
              spec, then.isPresent() ? then.get().sha256() : data.sha256(spec.getDataset())));
    }
    return stages
        .measurement(unit.getStage())
        .map(stage -> ConfiguredStage.of(stage, plan).unit(unit.getModels(), unit.getPart()));
  }

  private ModelSpec atSamePlace(Sweep plan, ModelSpec spec) {
    ModelSpec other = ModelSpec.newBuilder(plan.getBase()).setSeed(spec.getSeed()).build();
    Stream.concat(Stream.of(sweep.getLoad(), sweep.getTemperature()), sweep.getOtherAxes().stream())
        .map(Axis::getSetting)
        .map(AxisValues::position)
        .forEach(position -> other.put(position, spec.get(position)));
    return other;
  }

  /**
   * Ids are made from what differs from the defaults since version 0.1.0; before, they were what
   * now names a model's random streams.
   */
  private Optional<Found> ofEarlierForm(Unit unit) throws IOException {
    if (recorded(TrainStage.NAME).isEmpty() && modelIds().isEmpty()) {
      return Optional.empty();
    }
    ModelSpec spec = unit.getModels().get(0).getSpec();
    String before = StreamNames.ofModel(spec);
    String sha256 = data.sha256(spec.getDataset());
    int version = stages.named(TrainStage.NAME).codeVersion();
    if (isRecorded(TrainStage.NAME, Units.trainingKey(before, spec, version, sha256))) {
      return Optional.of(
          new Found(
              UnitState.SCHEMA_VERSION,
              "known as model %s before: identities are made differently since Terrain 0.1.0"
                  .formatted(ShortId.of(before))));
    }
    String modelId = unit.getModels().get(0).getModelId();
    return Optional.ofNullable(modelIds().get(values(spec)))
        .filter(other -> !other.equals(modelId))
        .map(
            other ->
                new Found(
                    UnitState.SCHEMA_VERSION,
                    "known as model %s before: identities are made differently since"
                        .formatted(ShortId.of(other))));
  }

  private Map<List<Object>, String> modelIds() throws IOException {
    if (modelIds == null) {
      modelIds = new HashMap<>();
      for (Model model : models()) {
        modelIds.put(values(model), model.getModelId());
      }
    }
    return modelIds;
  }

  /** Tables that are not there, or are to be written anew, only give fewer reasons. */
  private List<Model> models() throws IOException {
    try {
      return StudyTables.of(context.store()).read(Model.class);
    } catch (FileNotFoundException | DamagedTablesException e) {
      return List.of();
    }
  }

  /** The settings of a spec, or of a row that has each as a column of its own. */
  private static List<Object> values(SpecificRecord record) {
    return ModelSpec.getClassSchema().getFields().stream()
        .map(field -> record.get(record.getSchema().getField(field.name()).pos()))
        .toList();
  }

  private boolean isRecorded(String stage, String key) throws IOException {
    return recorded(stage).contains(key);
  }

  private Set<String> recorded(String stage) throws IOException {
    Set<String> recorded = keys.get(stage);
    if (recorded == null) {
      recorded = context.ledger().keys(stage);
      keys.put(stage, recorded);
    }
    return recorded;
  }
}
