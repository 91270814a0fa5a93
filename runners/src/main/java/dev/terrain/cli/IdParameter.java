package dev.terrain.cli;

import dev.terrain.inspection.StudySubject;
import dev.terrain.run.SweepRun;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** Which model, cell or unit of a study a command looks at. */
final class IdParameter {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "Id of a model or of a cell, or key of a unit; its first digits are enough, four at"
              + " least. Or settings: 'width=4, batch_size=32', with 'seed 1' for a model.")
  private String id;

  StudySubject find(SweepRun run) throws IOException {
    return StudySubject.find(run, id);
  }
}
