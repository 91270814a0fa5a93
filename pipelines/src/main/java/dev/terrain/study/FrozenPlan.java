package dev.terrain.study;

import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Optional;

/**
 * A sweep as a study froze it.
 *
 * @param file where its file is, for messages
 * @param sweep the sweep
 * @param data its data sets; empty in a plan of version 0.1.0 or before, which names neither them
 *     nor its own SHA-256
 */
public record FrozenPlan(String file, Sweep sweep, List<PlannedData> data) {
  /** A plan; the list is copied. */
  public FrozenPlan {
    data = List.copyOf(data);
  }

  /** Whether the plan says what its data are, and so could be verified. */
  public boolean isSealed() {
    return !data.isEmpty();
  }

  /** What the plan says of a data set. */
  public Optional<PlannedData> data(String dataset) {
    return data.stream().filter(entry -> entry.dataset().equals(dataset)).findFirst();
  }

  /** Whether two plans are about the same content, wherever its files are. */
  public boolean hasContent(List<PlannedData> others) {
    return data.size() == others.size()
        && data.stream().allMatch(entry -> others.stream().anyMatch(entry::hasContentOf));
  }
}
