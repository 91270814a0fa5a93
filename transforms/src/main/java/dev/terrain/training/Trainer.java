package dev.terrain.training;

import static dev.terrain.v1.StopReason.DIVERGED;
import static dev.terrain.v1.StopReason.EPOCHS;
import static dev.terrain.v1.StopReason.PLATEAU;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.surface.GradientDescent;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one network as its spec says, from where the progress store says; alone, or in a {@link
 * TrainingStack}.
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
  private @Nullable Course course;
  private @Nullable TrainingResult result;
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
   * Trains to the end, alone.
   *
   * @throws IllegalArgumentException if a batch is larger than the training set and incomplete
   *     batches are skipped
   * @throws EngineFaultException if a number that is not finite came up, and another one when the
   *     same was computed once more
   */
  public TrainingResult train() {
    new TrainingStack(
            List.of(this),
            (trainer, ended) -> {},
            (trainer, failure) -> {
              throw failure;
            })
        .train();
    return Objects.requireNonNull(result);
  }

  /** What it has ended with. */
  Optional<TrainingResult> result() {
    return Optional.ofNullable(result);
  }

  Recipe recipe() {
    return recipe;
  }

  /** Takes up the training where it was left. */
  void begin() {
    kept = startingState();
    keptAt = System.nanoTime();
    savedAt = keptAt;
    course = new Course(recipe, kept);
  }

  Course course() {
    return Objects.requireNonNull(course);
  }

  private TrainingState kept() {
    return Objects.requireNonNull(kept);
  }

  /** Whether it has just begun an epoch. */
  boolean isAtStartOfEpoch() {
    return course().position() == 0;
  }

  /** Whether a state is to be saved after every step. */
  boolean savesEveryStep() {
    return saveEvery.isZero();
  }

  /** Counts steps that a member of a descent has taken for it. */
  void took(List<GradientDescent.Step> steps, GradientDescent descent, int member) {
    int examples = course().nextBatch();
    long before = course().counts().totalSteps();
    boolean finite = course().took(steps);
    if (finite) {
      keep(descent, member);
    } else {
      new Replay(recipe, kept()).confirmDivergence(course());
      result = result(NONE, NONE, 0, course().counts(), DIVERGED);
    }
    for (long step = before; step < course().counts().totalSteps(); step++) {
      listener.onStep(examples);
    }
  }

  /** Ends the epoch if it is complete, and the training if that was the last one. */
  void settle(GradientDescent descent, int member) {
    if (course().isEpochComplete()) {
      course().endEpoch(descent, member);
      listener.onEpoch();
      if (plateau.reached(course().counts().history().losses())) {
        TrainingState end = confirmed(descent, member);
        result = result(end.theta(), end.statistics(), end.history().epochs(), end, PLATEAU);
        return;
      }
    }
    if (course().epoch() >= recipe.spec().getEpochs()) {
      TrainingState end = confirmed(descent, member);
      BestWeights best = end.best();
      result = result(best.theta(), best.statistics(), best.epoch(), end, EPOCHS);
    }
  }

  /** What the same engine computed before a fault is as doubtful. */
  void discardProgress() {
    progress.discard();
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
  private void keep(GradientDescent descent, int member) {
    long now = System.nanoTime();
    boolean save = now - savedAt >= saveEvery.toNanos();
    if (save || now - keptAt >= KEEP_EVERY.toNanos()) {
      TrainingState state = confirmed(descent, member);
      kept = state;
      // Another process could not tell whether numbers that are not finite have been confirmed.
      if (save && state.isFinite()) {
        progress.save(state);
        savedAt = System.nanoTime();
      }
      keptAt = System.nanoTime();
    }
  }

  private TrainingState confirmed(GradientDescent descent, int member) {
    TrainingState state = course().snapshot(descent, member);
    if (!state.isFinite()) {
      new Replay(recipe, kept()).confirmWeights(course(), state);
    }
    return state;
  }

  private static TrainingResult result(
      float[] theta, float[] statistics, int epoch, TrainingState end, StopReason reason) {
    return new TrainingResult(theta, statistics, epoch, reason, end.totalSteps(), end.history());
  }
}
