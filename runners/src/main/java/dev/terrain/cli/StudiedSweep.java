package dev.terrain.cli;

import dev.terrain.findings.ChartedStudy;
import dev.terrain.run.Study;
import dev.terrain.run.SweepRun;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.StudyTables;
import dev.terrain.study.SweepSource;
import dev.terrain.study.TablesStanding;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A study, and the sweep that a command looks at in it. */
final class StudiedSweep {
  @Mixin private StudyOption study;

  @Option(
      names = "--sweep",
      paramLabel = "SWEEP",
      description =
          "Sweep file to look at: a path or a gs:// address. Default: the study's current plan; a"
              + " study that 'watch' feeds has none.")
  private String sweep;

  /** The study's store. */
  ObjectStore store() {
    return study.store();
  }

  /** Another address, as this study is reached. */
  String through(String other) {
    return study.through(other);
  }

  /**
   * The study as its tables chart it, whether of its own models or imported.
   *
   * @param notes gets a line if the tables are not those of the study's current plan
   */
  ChartedStudy chart(PrintWriter notes) throws IOException {
    ObjectStore store = store();
    Optional<ImportedStudy> imported = ImportedStudy.find(store);
    return imported.isPresent()
        ? ChartedStudy.of(imported.get(), StudyTables.of(store))
        : ChartedStudy.of(openTables(null, notes).sweep(), StudyTables.of(store));
  }

  /** The study with the sweep; nothing is read of data that its plan names. */
  SweepRun open(String dataLocation) throws IOException {
    Study opened = study.study(dataLocation);
    return sweep == null
        ? opened.current().orElseThrow(study::noPlan)
        : opened.look(SweepSource.read(sweep));
  }

  /**
   * The study with the sweep whose rows its tables hold, for commands that read these.
   *
   * @param notes gets a line if that is not the study's current plan
   * @throws IllegalArgumentException if a sweep was named and they are another's
   */
  SweepRun openTables(String dataLocation, PrintWriter notes) throws IOException {
    TablesStanding tables = TablesStanding.of(study.store());
    Sweep read = sweep == null ? tables.sweep().orElse(null) : SweepSource.read(sweep);
    if (read == null) {
      return open(dataLocation);
    }
    if (sweep == null) {
      tables.difference().ifPresent(notes::println);
    } else {
      tables.checkAre(read);
    }
    return study.study(dataLocation).look(read);
  }
}
