package dev.terrain.stage;

import dev.terrain.ledger.FailedUnits;
import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.weights.Checkpoints;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where stages find and leave things.
 *
 * @param store the study's folder
 * @param ledger the study's finished units
 * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it is
 *     by default
 * @param listener hears of progress
 * @param saveEvery least time between two saved states of a training or of the fit of a path
 */
public record StageContext(
    ObjectStore store,
    Ledger ledger,
    @Nullable String dataLocation,
    StageListener listener,
    Duration saveEvery) {
  /** A killed worker loses at most about this much work. */
  public static final Duration DEFAULT_SAVE_EVERY = Duration.ofSeconds(3);

  /** The context of a study that is open. */
  public StageContext(
      ObjectStore store,
      @Nullable String dataLocation,
      StageListener listener,
      Duration saveEvery) {
    this(store, new Ledger(store), dataLocation, listener, saveEvery);
  }

  /**
   * The context of a study.
   *
   * @param study folder or {@code gs://} address
   */
  public static StageContext open(
      String study, @Nullable String dataLocation, StageListener listener) {
    return new StageContext(ObjectStores.open(study), dataLocation, listener, DEFAULT_SAVE_EVERY);
  }

  /** The same with another listener. */
  public StageContext withListener(StageListener newListener) {
    return new StageContext(store, ledger, dataLocation, newListener, saveEvery);
  }

  /** The study's weights. */
  public Checkpoints checkpoints() {
    return new Checkpoints(store);
  }

  /** The units that failed and have not been finished since. */
  public FailedUnits failedUnits() {
    return new FailedUnits(store);
  }
}
