package dev.terrain.status;

import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.plan.Plan;
import dev.terrain.plan.StagePlan;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.store.StoredObject;
import dev.terrain.study.UnitName;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.weights.CheckpointFiles;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out the status of a study; writes nothing. */
public final class StatusReader {
  private final Sweep sweep;
  private final StageContext context;
  private final Plan plan;
  private final Instant now;

  public StatusReader(Sweep sweep, StageContext context, Plan plan, Instant now) {
    this.sweep = sweep;
    this.context = context;
    this.plan = plan;
    this.now = now;
  }

  public StudyStatus read() throws IOException {
    Map<String, RecentUnits> recent = new LinkedHashMap<>();
    for (StagePlan stage : plan.stages()) {
      recent.put(stage.stage(), RecentUnits.of(stage.stage(), context.ledger(), now));
    }
    CheckpointFiles files = context.checkpoints().files();
    return new StudyStatus(
        plan, recent, trainings(files.progress()), withoutWeights(files.weights()), now);
  }

  /** Ids of the models that the ledger has as trained and whose files are not there. */
  private List<String> withoutWeights(Set<String> files) throws IOException {
    Set<String> trained = context.ledger().keys(TrainStage.NAME);
    List<String> missing = new ArrayList<>();
    if (trained.isEmpty()) {
      return missing;
    }
    for (ModelSpec spec : (Iterable<ModelSpec>) SweepExpansion.of(sweep).models()::iterator) {
      String modelId = Fingerprints.modelId(spec);
      if (!files.contains(modelId)) {
        String data = CellData.sha256(spec, context.dataLocation());
        String key = Units.train(spec, data).getKey();
        if (trained.contains(key) && hasWeights(key)) {
          missing.add(modelId);
        }
      }
    }
    return missing;
  }

  private boolean hasWeights(String key) throws IOException {
    try {
      return context
          .ledger()
          .summary(TrainStage.NAME, key)
          .filter(record -> !record.hasDiverged())
          .isPresent();
    } catch (CorruptRecordException e) {
      // The plan tells of it; what it recorded is not known.
      return false;
    }
  }

  /** States that belong to a training of the plan which is not done; others are of no use. */
  private List<SavedTraining> trainings(Map<String, StoredObject> files) throws IOException {
    Checkpoints checkpoints = context.checkpoints();
    Set<String> missing =
        plan.stages().stream()
            .filter(stage -> stage.stage().equals(TrainStage.NAME))
            .flatMap(stage -> stage.missing().stream())
            .collect(Collectors.toSet());
    List<SavedTraining> trainings = new ArrayList<>();
    if (files.isEmpty() || missing.isEmpty()) {
      return trainings;
    }
    for (ModelSpec spec : (Iterable<ModelSpec>) SweepExpansion.of(sweep).models()::iterator) {
      String modelId = Fingerprints.modelId(spec);
      StoredObject file = files.get(modelId);
      if (file != null) {
        Map<String, String> state = checkpoints.progressMetadata(modelId).orElse(Map.of());
        if (missing.contains(state.get("key"))) {
          trainings.add(training(modelId, spec, state, file));
        }
      }
    }
    trainings.sort(Comparator.comparing(SavedTraining::saved).reversed());
    return trainings;
  }

  private SavedTraining training(
      String modelId, ModelSpec spec, Map<String, String> state, StoredObject file) {
    ModelRef model = new ModelRef(modelId, Fingerprints.cellId(spec), state.get("key"), spec);
    String epochs = state.get("epochs");
    return new SavedTraining(
        modelId,
        UnitName.of(List.of(model), sweep),
        epochs == null ? null : Integer.valueOf(epochs),
        spec.getEpochs(),
        file.modified());
  }
}
