package dev.terrain.transforms;

import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.store.ObjectStores;
import java.io.Serializable;
import java.time.Duration;

/**
 * Where a study and its data are, and how often work in progress is saved there, as it travels to
 * workers.
 *
 * @param study folder or {@code gs://} address of the study
 * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it is
 *     by default
 * @param saveEvery least time between two saved states of a training or of the fit of a path
 */
public record StudyAddress(String study, String dataLocation, Duration saveEvery)
    implements Serializable {
  /** An address whose work in progress is saved every three seconds. */
  public StudyAddress(String study, String dataLocation) {
    this(study, dataLocation, StageContext.DEFAULT_SAVE_EVERY);
  }

  /** Where work in progress is saved at other times; zero saves after every step. */
  public StudyAddress withSaveEvery(Duration interval) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("saveEvery (" + interval + ") must not be negative");
    }
    return new StudyAddress(study, dataLocation, interval);
  }

  StageContext open(StageListener listener) {
    return new StageContext(ObjectStores.open(study), dataLocation, listener, saveEvery);
  }
}
