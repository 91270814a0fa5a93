package dev.terrain.training;

import static dev.terrain.v1.StopReason.DIVERGED;
import static dev.terrain.v1.StopReason.EPOCHS;
import static dev.terrain.v1.StopReason.PLATEAU;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one network as its spec says, from where the progress store says.
 *
 * <p>The order of the images in epoch e is the stream (model id, "order", e); so a training that
 * was interrupted at any step and goes on from a saved state ends with the same bits as one that
 * was not.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final float[] NONE = {};

  /** A replay, which tells a fault of the engine from a divergence, takes about as long at most. */
  private static final Duration KEEP_EVERY = Duration.ofSeconds(3);

  private final Recipe recipe;
  private final PlateauRule plateau;
  private final ProgressStore progress;
  private final TrainingListener listener;
  private final Duration saveEvery;
  private @Nullable TrainingState kept;
  private long keptAt;
  private long savedAt;

  /**
   * @param modelId keys the initial weights and the order of the images
   * @param images the training set
   * @param saveEvery least time between two saved states; zero saves after every step
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped
   */
  public Trainer(
      ModelSpec spec,
      String modelId,
      Network network,
      LabelledImages images,
      ProgressStore progress,
      TrainingListener listener,
      Duration saveEvery) {
    this(Recipe.of(spec, modelId, network, images), progress, listener, saveEvery);
  }

  Trainer(Recipe recipe, ProgressStore progress, TrainingListener listener, Duration saveEvery) {
    this.recipe = recipe;
    this.plateau = PlateauRule.of(recipe.spec());
    this.progress = progress;
    this.listener = listener;
    this.saveEvery = saveEvery;
  }

  /**
   * Trains to the end.
   *
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped
   * @throws EngineFaultException if a number that is not finite came up, and another one when the
   *     same was computed once more
   */
  public TrainingResult train() {
    try {
      return trainToTheEnd();
    } catch (EngineFaultException e) {
      // What the same engine computed before is as doubtful.
      progress.discard();
      throw e;
    }
  }

  private TrainingResult trainToTheEnd() {
    kept = startingState();
    keptAt = System.nanoTime();
    savedAt = keptAt;
    try (Course course = new Course(recipe, kept)) {
      while (course.epoch() < recipe.spec().getEpochs()) {
        while (!course.isEpochComplete()) {
          int examples = course.nextBatch();
          if (!course.step()) {
            new Replay(recipe, kept).confirm(course, false);
            return diverged(course.counts());
          }
          keep(course);
          listener.onStep(examples);
        }
        course.endEpoch();
        listener.onEpoch();
        if (plateau.reached(course.counts().history().losses())) {
          TrainingState end = confirmed(course);
          return result(end.theta(), end.statistics(), end.history().epochs(), end, PLATEAU);
        }
      }
      TrainingState end = confirmed(course);
      return result(end.best().theta(), end.best().statistics(), end.best().epoch(), end, EPOCHS);
    }
  }

  private TrainingState startingState() {
    TrainingState initial = recipe.initialState();
    Optional<TrainingState> saved = progress.load().filter(TrainingState::isFinite);
    if (saved.isPresent() && !saved.get().hasLayoutOf(initial)) {
      LOG.warn(
          "the saved state of model {} has the arrays {} but its training needs {}; it begins anew",
          recipe.modelId(),
          saved.get().arrays().keySet(),
          initial.arrays().keySet());
    }
    return saved.filter(state -> state.hasLayoutOf(initial)).orElse(initial);
  }

  /** Keeps the state, in memory and where it survives the process, if the last one is old. */
  private void keep(Course course) {
    long now = System.nanoTime();
    boolean save = now - savedAt >= saveEvery.toNanos();
    if (save || now - keptAt >= KEEP_EVERY.toNanos()) {
      kept = confirmed(course);
      // Another process could not tell whether numbers that are not finite have been confirmed.
      if (save && kept.isFinite()) {
        progress.save(kept);
        savedAt = System.nanoTime();
      }
      keptAt = System.nanoTime();
    }
  }

  private TrainingState confirmed(Course course) {
    TrainingState state = course.snapshot();
    if (!state.isFinite()) {
      new Replay(recipe, Objects.requireNonNull(kept)).confirm(course, true);
    }
    return state;
  }

  private static TrainingResult diverged(TrainingState state) {
    return result(NONE, NONE, 0, state, DIVERGED);
  }

  private static TrainingResult result(
      float[] theta, float[] statistics, int epoch, TrainingState end, StopReason reason) {
    return new TrainingResult(theta, statistics, epoch, reason, end.totalSteps(), end.history());
  }
}
