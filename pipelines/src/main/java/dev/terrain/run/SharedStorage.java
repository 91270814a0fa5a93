package dev.terrain.run;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.data.Datasets;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;

/** What a run has to keep in a bucket because its workers are machines elsewhere. */
public final class SharedStorage {
  private SharedStorage() {}

  /** What such workers could not reach, one line each; empty if there is nothing. */
  public static List<String> problems(Sweep sweep, StudyAddress address) {
    List<String> problems = new ArrayList<>();
    if (!isShared(address.study())) {
      problems.add(
          "the study ("
              + address.study()
              + ") must be a gs:// address, which the workers can reach");
    }
    if (address.modelCopies() != null && !isShared(address.modelCopies())) {
      problems.add(
          "the place for copies of models ("
              + address.modelCopies()
              + ") must be a gs:// address, which the workers can reach");
    }
    if (!isShared(address.dataLocation())) {
      SweepExpansion.of(sweep)
          .cells()
          .map(ModelSpec::getDataset)
          .filter(dataset -> !Datasets.isIncluded(dataset))
          .distinct()
          .map(
              dataset ->
                  "the files of the data set "
                      + dataset
                      + " must be in a bucket: copy them there, and name it by --data=gs://…")
          .forEach(problems::add);
    }
    return problems;
  }

  private static boolean isShared(String address) {
    return address != null && address.startsWith("gs://");
  }
}
