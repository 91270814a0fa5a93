package dev.terrain.cli;

import dev.terrain.findings.ChartedStudy;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.StudyTables;
import dev.terrain.study.TablesStanding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/** Opens studies whose cells a command looks at: of models that were trained here, or imported. */
final class ChartedStudies {
  private ChartedStudies() {}

  /**
   * The study that a store holds, by the plan of its tables or its import.
   *
   * @throws FileNotFoundException if it holds none
   */
  static ChartedStudy open(ObjectStore store) throws IOException {
    Optional<ImportedStudy> imported = ImportedStudy.find(store);
    if (imported.isPresent()) {
      return ChartedStudy.of(imported.get(), StudyTables.of(store));
    }
    if (new PlanFiles(store).current().isEmpty()) {
      throw new FileNotFoundException(
          store.uri("plan.json") + " is missing, and so is imported.json: it is not a study");
    }
    return ChartedStudy.of(TablesStanding.of(store).sweep().orElseThrow(), StudyTables.of(store));
  }
}
