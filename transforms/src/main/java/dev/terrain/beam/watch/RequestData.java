package dev.terrain.beam.watch;

import dev.terrain.stage.standard.DataRules;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses requests that do not fit the data on which their models would be trained. */
final class RequestData implements Serializable {
  private static final long serialVersionUID = 1;

  private final @Nullable String location;

  /**
   * @param location folder or {@code gs://} prefix of the data set's files; null for where they are
   *     by default
   */
  RequestData(@Nullable String location) {
    this.location = location;
  }

  /**
   * Checks a sweep.
   *
   * @param yaml its text, in which the places are
   * @throws InvalidSweepException with all that is wrong
   */
  void check(Sweep sweep, String yaml, String source) {
    try {
      DataRules.check(sweep, location);
    } catch (InvalidSweepException e) {
      throw SweepFile.locate(yaml, source, e.problems());
    } catch (IOException e) {
      // Its units will say so; by then the data may be there.
      Watch.LOG.debug("{} is not checked against its data", source, e);
    }
  }

  /**
   * Checks single specs.
   *
   * @param frame what is asked of their cells
   * @throws RefusedRequestException if one does not fit; records are counted from 1
   */
  void check(List<ModelSpec> specs, Sweep frame, String source) {
    Set<ModelSpec> seen = new HashSet<>();
    for (int i = 0; i < specs.size(); i++) {
      ModelSpec spec = ModelSpec.newBuilder(specs.get(i)).setSeed(0).build();
      if (seen.add(spec)) {
        check(spec, frame, source + ": record " + (i + 1));
      }
    }
  }

  private void check(ModelSpec spec, Sweep frame, String place) {
    try {
      DataRules.check(SpecFile.sweep(spec, frame), location);
    } catch (InvalidSweepException e) {
      throw new RefusedRequestException(
          e.problems().stream()
              .map(problem -> place + ": " + problem.message())
              .collect(Collectors.joining("\n")),
          e);
    } catch (IOException e) {
      Watch.LOG.debug("{} is not checked against its data", place, e);
    }
  }
}
