package dev.terrain.inspection;

import dev.terrain.inspection.Garbage.Piece;
import dev.terrain.inspection.Garbage.Reason;
import dev.terrain.pipelines.PlanFiles;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.pipelines.UnitState;
import dev.terrain.stage.Stages;
import dev.terrain.stage.TrainStage;
import dev.terrain.store.Ledger;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import dev.terrain.transforms.WriteTables;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for objects of a study that nothing needs: what no plan refers to, and what killed
 * processes have left. What a process may be working on is left alone for a while.
 */
public final class GarbageSearch {
  private static final Pattern UNIT =
      Pattern.compile(
          "(failed|progress)/([a-z][a-z0-9_-]*)/(?:[0-9a-f]{2}/)?([0-9a-f]{2,64})\\.avro");
  private static final Pattern MODEL =
      Pattern.compile(
          "models/([0-9a-f]{64})/(?:(model|progress)|(?:eigenvectors|diagonal)-([0-9a-f]{2,64}))\\.safetensors");

  private final SweepRun current;
  private final ObjectStore store;
  private final Instant untouchedSince;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> models = new HashSet<>();
  private final Set<String> trained = new HashSet<>();
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A search in a study.
   *
   * @param current any run of the study
   * @param minimumAge how long ago what a killed process has left must have been written, by the
   *     storage's clock, to be taken for abandoned
   */
  public GarbageSearch(SweepRun current, Duration minimumAge, Instant now) {
    this.current = current;
    this.store = current.store();
    this.untouchedSince = now.minus(minimumAge);
  }

  /**
   * Finds the objects; removes nothing.
   *
   * @throws IllegalArgumentException if a stream writes into the study, whose requests no plan
   *     holds
   * @throws IOException if a plan or the data set of one cannot be read: then nobody knows what is
   *     needed
   */
  public Garbage find() throws IOException {
    if (store.list("tables/").stream().anyMatch(name -> name.contains("/part-stream-"))) {
      throw new IllegalArgumentException(
          store.uri("tables")
              + " was written by 'watch', whose requests no plan holds: what the study needs is not"
              + " known");
    }
    for (Sweep plan : new PlanFiles(store).all()) {
      current.of(plan).visit(standing -> refer(standing.unit(), standing.state()));
    }
    for (String stage : Stages.NAMES) {
      lookAtRecords(stage);
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
    return Garbage.of(pieces);
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

  private void lookAtRecords(String stage) throws IOException {
    Map<String, Long> sizes =
        store.describe("ledger/" + stage + "/").stream()
            .collect(Collectors.toMap(StoredObject::name, StoredObject::size));
    for (String key : new Ledger(store).keys(stage)) {
      if (!keys.contains(key)) {
        String name = Ledger.name(stage, key);
        pieces.add(new Piece(name, sizes.getOrDefault(name, 0L), Reason.RECORD_OF_NO_PLAN));
      }
    }
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
      add(object, Reason.FAILURE_OF_NO_PLAN);
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
