package dev.terrain.transforms;

import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import java.io.Serializable;

/**
 * Where a study and its data are, as it travels to workers.
 *
 * @param study folder or {@code gs://} address of the study
 * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it is
 *     by default
 */
public record StudyAddress(String study, String dataLocation) implements Serializable {
  StageContext open(StageListener listener) {
    return StageContext.open(study, dataLocation, listener);
  }
}
