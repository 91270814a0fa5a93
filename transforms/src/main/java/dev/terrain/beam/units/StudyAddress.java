package dev.terrain.beam.units;

import dev.terrain.ledger.SharedLedgers;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.store.ObjectStores;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A study as a run works on it, as it travels to workers: where it and its data are, how often work
 * in progress is saved there, which units the run computes, and how many of them together.
 *
 * @param study folder or {@code gs://} address of the study
 * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it is
 *     by default
 * @param saveEvery least time between two saved states of a training or of the fit of a path
 * @param control what the run does about units that the ledger lacks
 * @param modelCopies folder or {@code gs://} address where the files of verified models are copied
 *     to; null for nowhere
 * @param stack how many units a worker computes together at most
 */
public record StudyAddress(
    String study,
    @Nullable String dataLocation,
    Duration saveEvery,
    RunControl control,
    @Nullable String modelCopies,
    StackLimit stack)
    implements Serializable {
  /**
   * A study all of whose units are computed, and whose work in progress is saved every three
   * seconds.
   */
  public StudyAddress(String study, @Nullable String dataLocation) {
    this(
        study,
        dataLocation,
        StageContext.DEFAULT_SAVE_EVERY,
        RunControl.STANDARD,
        null,
        StackLimit.AUTO);
  }

  /** Where work in progress is saved at other times; zero saves after every step. */
  public StudyAddress withSaveEvery(Duration interval) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("saveEvery (" + interval + ") must not be negative");
    }
    return new StudyAddress(study, dataLocation, interval, control, modelCopies, stack);
  }

  /** What a run does about units that the ledger lacks. Default: {@link RunControl#STANDARD}. */
  public StudyAddress withControl(RunControl newControl) {
    return new StudyAddress(study, dataLocation, saveEvery, newControl, modelCopies, stack);
  }

  /**
   * Where the files of verified models are copied to. Default: nowhere.
   *
   * @throws IllegalArgumentException if it is neither a folder nor a {@code gs://} address
   */
  public StudyAddress withModelCopies(@Nullable String address) {
    if (address != null) {
      ObjectStores.open(address);
    }
    return new StudyAddress(study, dataLocation, saveEvery, control, address, stack);
  }

  /** How many units a worker computes together at most. Default: as many as pay. */
  public StudyAddress withStack(StackLimit limit) {
    return new StudyAddress(study, dataLocation, saveEvery, control, modelCopies, limit);
  }

  /** The same study, named and with its data named otherwise. */
  public StudyAddress at(String newStudy, @Nullable String newDataLocation) {
    return new StudyAddress(newStudy, newDataLocation, saveEvery, control, modelCopies, stack);
  }

  StageContext open(StageListener listener) {
    return new StageContext(
        ObjectStores.open(study), SharedLedgers.of(study), dataLocation, listener, saveEvery);
  }
}
