package dev.terrain.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How far a run is, in one line. */
final class ProgressText {
  private ProgressText() {}

  /**
   * The time left of all stages, those that have not begun among them; what is done; the stages
   * that are under way.
   *
   * @param workers units of work at a time
   * @param passed time since the run began
   */
  static String of(List<StageProgress> stages, int workers, Duration passed) {
    int done = stages.stream().mapToInt(StageProgress::done).sum();
    int size = stages.stream().mapToInt(StageProgress::size).sum();
    String underWay =
        stages.stream()
            .filter(stage -> stage.left() > 0 && stage.done() > 0)
            .map(StageProgress::toString)
            .collect(Collectors.joining(", "));
    return timeLeft(stages, workers)
        + "%d/%d units, %.1f/s".formatted(done, size, done / (passed.toMillis() / 1000.0))
        + (underWay.isEmpty() ? "" : "; " + underWay);
  }

  private static String timeLeft(List<StageProgress> stages, int workers) {
    double nominal = stages.stream().mapToDouble(StageProgress::nominalFinished).sum();
    double seconds = stages.stream().mapToDouble(StageProgress::seconds).sum();
    double left = 0;
    int units = 0;
    boolean whole = true;
    for (StageProgress stage : stages) {
      units += stage.left();
      if (stage.isTimed()) {
        left += stage.secondsLeft();
      } else if (nominal > 0) {
        // Nominal times of all stages are of one kind.
        left += stage.nominalLeft() * seconds / nominal;
      } else {
        whole &= stage.left() == 0;
      }
    }
    if (left == 0) {
      return "";
    }
    Duration shared =
        Duration.ofNanos(Math.round(Math.min(left, 1e9) * 1e9 / Math.min(workers, units)));
    return "%s %s left; "
        .formatted(whole ? "about" : "more than", Durations.text(EstimateText.whole(shared)));
  }
}
