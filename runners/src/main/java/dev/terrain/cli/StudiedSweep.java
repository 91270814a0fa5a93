package dev.terrain.cli;

import dev.terrain.run.Study;
import dev.terrain.run.SweepRun;
import dev.terrain.study.SweepSource;
import dev.terrain.study.TablesStanding;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.PrintWriter;
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
