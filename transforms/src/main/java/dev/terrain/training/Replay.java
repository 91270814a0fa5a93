package dev.terrain.training;

import dev.terrain.surface.EngineFaultException;
import dev.terrain.surface.GradientDescent;
import java.util.List;

/**
 * Computes a stretch of a training once more, by itself: the same spec gives the same bits, in
 * whatever stack, so whatever comes out differently is a fault of the engine.
 *
 * <p>A gradient that is not finite shows in the loss of the next step only, and batch-norm
 * statistics that are not show in no loss of a training at all. So it is not enough to repeat the
 * step at which a number was seen that is not finite.
 *
 * @param recipe of the training
 * @param from a state whose numbers are all finite, or have been confirmed
 */
record Replay(Recipe recipe, TrainingState from) {
  private static final int SHORT_ID = 12;

  /**
   * Confirms that the loss of the step after some is not finite.
   *
   * @param course began at {@code from}
   * @throws EngineFaultException if a loss comes out otherwise
   */
  void confirmDivergence(Course course) {
    try (GradientDescent descent = begin()) {
      Course again = repeat(course, descent);
      if (step(again, descent)) {
        throw lossFault(
            course, Double.toString(course.lastLoss()), Double.toString(again.lastLoss()));
      }
    }
  }

  /**
   * Confirms the weights that some steps have made.
   *
   * @param course began at {@code from}
   * @param weights its state
   * @throws EngineFaultException if a loss or the weights have other bits
   */
  void confirmWeights(Course course, TrainingState weights) {
    try (GradientDescent descent = begin()) {
      Course again = repeat(course, descent);
      if (!again.snapshot(descent, 0).isSame(weights)) {
        throw new EngineFaultException(
            "the weights of %s after %d steps".formatted(model(), course.counts().totalSteps()),
            "not finite",
            "of other bits");
      }
    }
  }

  private GradientDescent begin() {
    return recipe.engine().begin(List.of(recipe.at(from)));
  }

  private Course repeat(Course course, GradientDescent descent) {
    Course again = new Course(recipe, from);
    while (again.counts().totalSteps() < course.counts().totalSteps()) {
      if (again.isEpochComplete()) {
        again.endEpoch(descent, 0);
      } else if (!step(again, descent)) {
        throw lossFault(again, "finite", Double.toString(again.lastLoss()));
      }
    }
    if (again.epoch() < course.epoch()) {
      again.endEpoch(descent, 0);
    }
    return again;
  }

  private static boolean step(Course course, GradientDescent descent) {
    return course.took(descent.steps(List.of(course.stretch(1))).get(0));
  }

  private EngineFaultException lossFault(Course at, String first, String second) {
    return new EngineFaultException(
        "the loss of %s in step %d of epoch %d"
            .formatted(model(), at.position() + 1, at.epoch() + 1),
        first,
        second);
  }

  private String model() {
    String id = recipe.modelId();
    return "model " + id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
