package dev.terrain.inspection;

import dev.terrain.inspection.Garbage.KeptFor;
import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges records that no plan of a study asks for. One whose data a plan is about has been replaced
 * by another, under other settings or code; any other may be all that is left of a work that the
 * plans at hand do not know, and is kept, and so is one that is young: somebody may be about to
 * freeze its plan.
 */
final class UnplannedRecords {
  private final ObjectStore store;
  private final Ledger ledger;
  private final Set<String> plannedData;
  private final Instant recordedBefore;
  private final Map<String, Map<String, Instant>> times = new HashMap<>();
  private Map<String, Set<String>> dataOfCells;

  /**
   * A judge.
   *
   * @param plannedData SHA-256 of all data sets that plans are about
   * @param recordedBefore records are young from this time on
   */
  UnplannedRecords(ObjectStore store, Set<String> plannedData, Instant recordedBefore) {
    this.store = store;
    this.ledger = new Ledger(store);
    this.plannedData = plannedData;
    this.recordedBefore = recordedBefore;
  }

  /** Why a record is kept; empty if nothing needs it. */
  Optional<KeptFor> keptFor(String stage, String key) throws IOException {
    Optional<UnitResult> record = read(stage, key);
    if (record.isEmpty()) {
      return Optional.of(KeptFor.UNREADABLE);
    }
    if (record.get().getComputedAt().isAfter(recordedBefore)
        || storedAt(stage, key).isAfter(recordedBefore)) {
      return Optional.of(KeptFor.YOUNG);
    }
    Set<String> data = data(record.get());
    if (data.isEmpty()) {
      return Optional.of(KeptFor.UNKNOWN_DATA);
    }
    return plannedData.containsAll(data) ? Optional.empty() : Optional.of(KeptFor.OTHER_DATA);
  }

  /** The models that a record speaks of; none if it cannot be read. */
  Set<String> models(String stage, String key) throws IOException {
    Set<String> ids = new HashSet<>();
    Optional<UnitResult> record = read(stage, key);
    if (record.isPresent()) {
      record.get().getModels().forEach(row -> ids.add(row.getModelId()));
      record.get().getSpectra().forEach(row -> ids.add(row.getModelId()));
      for (Measurement row : record.get().getMeasurements()) {
        ids.add(row.getModelId());
        ids.add(row.getOtherModelId());
      }
    }
    ids.remove(null);
    return ids;
  }

  private Optional<UnitResult> read(String stage, String key) throws IOException {
    try {
      return ledger.find(stage, key);
    } catch (CorruptRecordException e) {
      return Optional.empty();
    }
  }

  /** When the storage took a record, or the last segment of its stage if it is packed. */
  private Instant storedAt(String stage, String key) throws IOException {
    Map<String, Instant> ofStage = times.get(stage);
    if (ofStage == null) {
      ofStage = new HashMap<>();
      for (StoredObject object : store.describe("ledger/" + stage + "/")) {
        ofStage.put(object.name(), object.modified());
      }
      Instant packed =
          store.describe("segments/" + stage + "/").stream()
              .map(StoredObject::modified)
              .max(Instant::compareTo)
              .orElse(Instant.MIN);
      ofStage.put("", packed);
      times.put(stage, ofStage);
    }
    Instant single = ofStage.get(Ledger.name(stage, key));
    return single == null ? ofStage.get("") : single;
  }

  /** What a record says of its data or, if it says nothing, the trainings of its cell. */
  private Set<String> data(UnitResult record) throws IOException {
    if (record.getDataSha256() != null) {
      return Set.of(record.getDataSha256());
    }
    Set<String> own = new HashSet<>();
    record.getModels().forEach(row -> own.add(row.getDataSha256()));
    if (!own.isEmpty()) {
      return own;
    }
    Map<String, Set<String>> ofCells = dataOfCells();
    record.getMeasurements().stream()
        .map(Measurement::getCellId)
        .distinct()
        .forEach(cell -> own.addAll(ofCells.getOrDefault(cell, Set.of())));
    return own;
  }

  private Map<String, Set<String>> dataOfCells() throws IOException {
    if (dataOfCells == null) {
      dataOfCells = new HashMap<>();
      for (String key : ledger.keys(TrainStage.NAME)) {
        for (Model row : read(TrainStage.NAME, key).map(UnitResult::getModels).orElse(List.of())) {
          dataOfCells
              .computeIfAbsent(row.getCellId(), cell -> new HashSet<>())
              .add(row.getDataSha256());
        }
      }
    }
    return dataOfCells;
  }
}
