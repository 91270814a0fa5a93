package dev.terrain.run;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.data.Datasets;
import dev.terrain.data.InvalidDataException;
import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.OtherData;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.PlannedData;
import dev.terrain.study.SweepData;
import dev.terrain.study.WatchMark;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A study, and the data that it is about. Its keys depend on them, so it is never judged by others:
 * what its plans say of their data counts, and files that are named are held against that. A study
 * whose plans do not say it is held against its trainings.
 */
public final class Study {
  private final StudyAddress address;
  private final ObjectStore store;

  /**
   * A study; nothing is read yet.
   *
   * @param address its data location is what the user says: null to take the plan's
   */
  public Study(StudyAddress address) {
    this.address = address;
    this.store = ObjectStores.open(address.study());
  }

  /** The study's store. */
  public ObjectStore store() {
    return store;
  }

  /**
   * The current plan, to be looked at: nothing is read of data that a plan names; empty if there is
   * no plan.
   *
   * @throws dev.terrain.sweep.InvalidSweepException if a plan is damaged
   * @throws InvalidDataException if the data that the user names are other ones, or the plans name
   *     none, and those at hand are missing or others than the trainings'
   */
  public Optional<SweepRun> current() throws IOException {
    List<FrozenPlan> plans = latestFirst();
    return plans.isEmpty()
        ? Optional.empty()
        : Optional.of(look(plans.get(0).sweep(), plans, address.dataLocation()));
  }

  /** The same for a sweep that need not be the plan's. */
  public SweepRun look(Sweep sweep) throws IOException {
    return look(sweep, latestFirst(), address.dataLocation());
  }

  /**
   * The same as {@link #current}, but what the user names counts only where the plan names no data:
   * for a study that is held against another, which may be of other data.
   */
  public Optional<SweepRun> currentAsPlanned() throws IOException {
    List<FrozenPlan> plans = latestFirst();
    return plans.isEmpty() ? Optional.empty() : Optional.of(asPlanned(plans.get(0), plans));
  }

  /**
   * The same for all plans, the latest first, each once; what the user names is held against the
   * latest.
   */
  public List<SweepRun> all() throws IOException {
    List<FrozenPlan> plans = latestFirst();
    Set<List<Object>> seen = new HashSet<>();
    List<SweepRun> runs = new ArrayList<>();
    for (FrozenPlan plan : plans) {
      if (seen.add(List.of(plan.sweep(), plan.data()))) {
        runs.add(
            runs.isEmpty()
                ? look(plan.sweep(), plans, address.dataLocation())
                : asPlanned(plan, plans));
      }
    }
    return runs;
  }

  /** The files of plans that cannot be verified, as they hold no SHA-256. */
  public List<String> unsealed() throws IOException {
    return latestFirst().stream().filter(plan -> !plan.isSealed()).map(FrozenPlan::file).toList();
  }

  private SweepRun asPlanned(FrozenPlan plan, List<FrozenPlan> others) throws IOException {
    List<FrozenPlan> itselfFirst = new ArrayList<>(List.of(plan));
    itselfFirst.addAll(others);
    return look(plan.sweep(), itselfFirst, plan.isSealed() ? null : address.dataLocation());
  }

  private SweepRun look(Sweep sweep, List<FrozenPlan> plans, String given) throws IOException {
    List<PlannedData> known = new ArrayList<>();
    for (String dataset : SweepData.names(sweep)) {
      Optional<PlannedData> planned = planned(dataset, plans);
      if (planned.isPresent() && (given == null || Datasets.isIncluded(dataset))) {
        known.add(planned.get());
      } else {
        PlannedData found = SweepData.read(dataset, reachable(orWatched(given)));
        if (planned.isEmpty()) {
          holdAgainstTrainings(found);
        } else if (!planned.get().hasContentOf(found)) {
          throw OtherData.than(planned.get(), found);
        }
        known.add(found);
      }
    }
    String location = reachable(given == null ? addressOf(known) : given);
    return SweepRun.looking(sweep, at(location), SweepData.of(known, location));
  }

  /**
   * A run of a sweep that computes: the data are read, where the user says or the plan does.
   *
   * @param notice takes a line for the user, if the run is about other data than the plans
   * @throws dev.terrain.sweep.InvalidSweepException if a plan is damaged
   * @throws InvalidDataException if the data are missing or corrupt, or others than the plan's or
   *     the trainings' and the user does not name them
   */
  public SweepRun run(Sweep sweep, Consumer<String> notice) throws IOException {
    List<FrozenPlan> plans = latestFirst();
    String given = address.dataLocation();
    List<PlannedData> found = new ArrayList<>();
    for (String dataset : SweepData.names(sweep)) {
      if (!Datasets.isIncluded(dataset)) {
        found.add(toRun(dataset, plans, given, notice));
      }
    }
    return new SweepRun(sweep, at(reachable(given == null ? addressOf(found) : given)));
  }

  private PlannedData toRun(
      String dataset, List<FrozenPlan> plans, String given, Consumer<String> notice)
      throws IOException {
    Optional<PlannedData> planned = planned(dataset, plans);
    if (given != null) {
      PlannedData found = SweepData.read(dataset, reachable(given));
      boolean known =
          plans.stream().flatMap(plan -> plan.data(dataset).stream()).anyMatch(found::hasContentOf);
      if (planned.isPresent() && !known) {
        notice.accept(
            "%s at %s (SHA-256 %s) is not what the study's plan is about (SHA-256 %s): a new plan takes it; what is recorded of the other stays, the weights of its models are replaced"
                .formatted(dataset, found.address(), found.sha256(), planned.get().sha256()));
      }
      return found;
    }
    if (planned.isEmpty()) {
      PlannedData found = SweepData.read(dataset, reachable(orWatched(null)));
      holdAgainstTrainings(found);
      return found;
    }
    PlannedData found = SweepData.readAgain(planned.get(), reachable(planned.get().address()));
    if (!planned.get().hasContentOf(found)) {
      throw OtherData.thanBefore(planned.get(), found);
    }
    return found;
  }

  private List<FrozenPlan> latestFirst() throws IOException {
    List<FrozenPlan> plans = new ArrayList<>(new PlanFiles(store).all());
    Collections.reverse(plans);
    return plans;
  }

  /** What the first plan that names a data set says of it. */
  private static Optional<PlannedData> planned(String dataset, List<FrozenPlan> plans) {
    return plans.stream().flatMap(plan -> plan.data(dataset).stream()).findFirst();
  }

  private static String addressOf(List<PlannedData> data) {
    return data.stream()
        .map(PlannedData::address)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private StudyAddress at(String location) {
    return address.at(address.study(), location);
  }

  private String orWatched(String given) throws IOException {
    return given == null ? WatchMark.dataLocation(store).orElse(null) : given;
  }

  /**
   * As processes with other working folders find it, by the server that the study is reached by.
   */
  private String reachable(String location) {
    if (location == null) {
      return null;
    }
    Optional<String> endpoint =
        ObjectStores.endpoint(location).or(() -> ObjectStores.endpoint(address.study()));
    return ObjectStores.through(endpoint.orElse(null), ObjectStores.absolute(location));
  }

  /** A study may have been made from several contents, but from this one, too. */
  private void holdAgainstTrainings(PlannedData found) throws IOException {
    if (Datasets.isIncluded(found.dataset())) {
      return;
    }
    Ledger ledger = new Ledger(store);
    String other = null;
    for (String key : ledger.latestKeys(TrainStage.NAME)) {
      Optional<String> recorded = recorded(ledger, key, found.dataset());
      if (recorded.filter(found.sha256()::equals).isPresent()) {
        return;
      }
      other = other == null ? recorded.orElse(null) : other;
    }
    if (other != null) {
      throw OtherData.thanRecorded(other, found);
    }
  }

  private static Optional<String> recorded(Ledger ledger, String key, String dataset)
      throws IOException {
    try {
      return ledger.find(TrainStage.NAME, key).stream()
          .map(UnitResult::getModels)
          .flatMap(List::stream)
          .filter(row -> row.getDataset().equals(dataset))
          .map(Model::getDataSha256)
          .findFirst();
    } catch (CorruptRecordException e) {
      return Optional.empty();
    }
  }
}
