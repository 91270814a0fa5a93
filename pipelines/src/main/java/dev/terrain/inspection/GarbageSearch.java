package dev.terrain.inspection;

import dev.terrain.beam.tables.WriteTables;
import dev.terrain.inspection.Garbage.Kept;
import dev.terrain.inspection.Garbage.KeptFor;
import dev.terrain.inspection.Garbage.Piece;
import dev.terrain.inspection.Garbage.Reason;
import dev.terrain.ledger.Ledger;
import dev.terrain.plan.UnitState;
import dev.terrain.run.Study;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import dev.terrain.study.WatchMark;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for objects of a study that nothing needs: what no plan refers to, and what killed
 * processes have left. What a process may be working on is left alone for a while, and so are
 * records that {@link UnplannedRecords} keeps, with all that they speak of.
 */
public final class GarbageSearch {
  private static final Duration LEAST_AGE = Duration.ofHours(1);
  private static final Pattern UNIT =
      Pattern.compile(
          "(failed|progress)/([a-z][a-z0-9_-]*)/(?:[0-9a-f]{2}/)?([0-9a-f]{2,64})\\.avro");
  private static final Pattern MODEL =
      Pattern.compile(
          "models/([0-9a-f]{64})/(?:(model|progress)|(?:eigenvectors|diagonal)-([0-9a-f]{2,64}))\\.safetensors");

  private final Study study;
  private final ObjectStore store;
  private final Instant untouchedSince;
  private final Instant recordedBefore;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> models = new HashSet<>();
  private final Set<String> trained = new HashSet<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  /**
   * A search in a study.
   *
   * @param minimumAge how long ago what a killed process has left must have been written, by the
   *     storage's clock, to be taken for abandoned; records and failures of no plan must be an hour
   *     old at least
   */
  public GarbageSearch(Study study, Duration minimumAge, Instant now) {
    this.study = study;
    this.store = study.store();
    this.untouchedSince = now.minus(minimumAge);
    Duration ofRecords = minimumAge.compareTo(LEAST_AGE) > 0 ? minimumAge : LEAST_AGE;
    this.recordedBefore = now.minus(ofRecords);
  }

  /**
   * Finds the objects; removes nothing.
   *
   * @throws IllegalArgumentException if requests have fed the study, which no plan holds
   * @throws dev.terrain.sweep.InvalidSweepException if a plan is damaged: then nobody knows what is
   *     needed
   * @throws IOException if a plan does not say what its data are, and those at hand are missing or
   *     not the study's
   */
  public Garbage find() throws IOException {
    if (WatchMark.isOn(store)) {
      throw new IllegalArgumentException(
          ("%s: 'watch' has fed this study with requests, which no plan holds, so what it needs is not known."
                  + " If no request counts any more, remove %s, the folder %s and the stream's tables first")
              .formatted(store.uri("tables"), store.uri(WatchMark.NAME), store.uri("watch")));
    }
    Set<String> data = new HashSet<>();
    for (SweepRun plan : study.all()) {
      plan.data().forEach(set -> data.add(set.sha256()));
      plan.visit(standing -> refer(standing.unit(), standing.state()));
    }
    UnplannedRecords records = new UnplannedRecords(store, data, recordedBefore);
    for (String stage : Stages.standard().names()) {
      lookAtRecords(stage, records);
      store.describe("failed/" + stage + "/").forEach(this::lookAtUnit);
      store.describe("progress/" + stage + "/").forEach(this::lookAtUnit);
    }
    store.describe("models/").forEach(this::lookAtModel);
    store.describe("leases/").forEach(object -> addIfLeft(object, Reason.LEFT_LEASE));
    store.describe("stop/").forEach(object -> addIfLeft(object, Reason.LEFT_STOP_MARKER));
    store.describe("tables/").stream()
        .filter(object -> WriteTables.isStagedName(object.name()))
        .forEach(object -> addIfLeft(object, Reason.LEFT_TABLE));
    store.temporaries().forEach(object -> addIfLeft(object, Reason.TEMPORARY));
    return Garbage.of(pieces, kept);
  }

  private void refer(Unit unit, UnitState state) {
    keys.add(unit.getKey());
    unit.getModels().stream().map(ModelRef::getModelId).forEach(models::add);
    if (state == UnitState.DONE) {
      done.add(unit.getKey());
      if (unit.getStage().equals(TrainStage.NAME)) {
        trained.add(unit.getModels().get(0).getModelId());
      }
    }
  }

  private void lookAtRecords(String stage, UnplannedRecords records) throws IOException {
    Map<String, Long> sizes =
        store.describe("ledger/" + stage + "/").stream()
            .collect(Collectors.toMap(StoredObject::name, StoredObject::size));
    for (String key : new Ledger(store).keys(stage)) {
      if (!keys.contains(key)) {
        String name = Ledger.name(stage, key);
        Optional<KeptFor> reason = records.keptFor(stage, key);
        if (reason.isPresent()) {
          kept.add(new Kept(name, reason.get()));
          keep(key, records.models(stage, key));
        } else {
          pieces.add(new Piece(name, sizes.getOrDefault(name, 0L), Reason.RECORD_OF_NO_PLAN));
        }
      }
    }
  }

  private void keep(String key, Set<String> itsModels) {
    keys.add(key);
    models.addAll(itsModels);
  }

  private void lookAtUnit(StoredObject object) {
    Matcher parts = UNIT.matcher(object.name());
    if (!parts.matches()) {
      return;
    }
    String key = parts.group(3);
    boolean isNeeded = keys.contains(key);
    boolean isDone = done.contains(key);
    if (isNeeded && !isDone) {
      return;
    }
    if (parts.group(1).equals("failed")) {
      if (isDone || !object.modified().isAfter(recordedBefore)) {
        add(object, Reason.FAILURE_OF_NO_PLAN);
      }
    } else {
      addIfLeft(object, Reason.LEFT_PROGRESS);
    }
  }

  private void lookAtModel(StoredObject object) {
    Matcher parts = MODEL.matcher(object.name());
    if (!parts.matches()) {
      return;
    }
    if (!models.contains(parts.group(1))) {
      addIfLeft(object, Reason.MODEL_OF_NO_PLAN);
    } else if (parts.group(3) != null) {
      if (!keys.contains(parts.group(3))) {
        addIfLeft(object, Reason.VECTORS_OF_NO_PLAN);
      }
    } else if (parts.group(2).equals("progress") && trained.contains(parts.group(1))) {
      addIfLeft(object, Reason.LEFT_PROGRESS);
    }
  }

  private void addIfLeft(StoredObject object, Reason reason) {
    if (!object.modified().isAfter(untouchedSince)) {
      add(object, reason);
    }
  }

  private void add(StoredObject object, Reason reason) {
    pieces.add(new Piece(object.name(), object.size(), reason));
  }
}
