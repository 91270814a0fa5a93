package dev.terrain.training;

import dev.terrain.surface.EngineFaultException;

/**
 * Computes a stretch of a training once more: the same spec gives the same bits, so whatever comes
 * out differently is a fault of the engine.
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
   * Holds a course that began at {@code from} against this.
   *
   * @param finite whether the loss of its last step was finite, so that the step counts
   * @throws EngineFaultException if a loss or the weights have other bits
   */
  void confirm(Course course, boolean finite) {
    try (Course again = new Course(recipe, from)) {
      while (again.counts().totalSteps() < course.counts().totalSteps()) {
        if (again.isEpochComplete()) {
          again.endEpoch();
        } else if (!again.step()) {
          throw lossFault(again, "finite", Double.toString(again.lastLoss()));
        }
      }
      if (again.epoch() < course.epoch()) {
        again.endEpoch();
      }
      if (!finite && again.step()) {
        throw lossFault(
            course, Double.toString(course.lastLoss()), Double.toString(again.lastLoss()));
      }
      if (!again.snapshot().isSame(course.snapshot())) {
        throw new EngineFaultException(
            "the weights of %s after %d steps".formatted(model(), course.counts().totalSteps()),
            "not finite",
            "of other bits");
      }
    }
  }

  private EngineFaultException lossFault(Course at, String first, String second) {
    return new EngineFaultException(
        "the loss of %s in step %d of epoch %d"
            .formatted(model(), at.counts().sums().steps() + 1, at.epoch() + 1),
        first,
        second);
  }

  private String model() {
    String id = recipe.modelId();
    return "model " + id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
