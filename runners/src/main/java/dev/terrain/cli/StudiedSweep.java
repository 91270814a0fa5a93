package dev.terrain.cli;

import dev.terrain.pipelines.Study;
import dev.terrain.pipelines.SweepRun;
import dev.terrain.pipelines.SweepSource;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A study, and the sweep that a command looks at in it. */
final class StudiedSweep {
  @Mixin private StudyOption study;

  @Option(
      names = "--sweep",
      paramLabel = "SWEEP",
      description =
          "Sweep file to look at: a path or a gs:// address. Default: the study's current plan; a study that 'watch' feeds has none.")
  private String sweep;

  /** The study with the sweep; nothing is read of data that its plan names. */
  SweepRun open(String dataLocation) throws IOException {
    Study opened = study.study(dataLocation);
    return sweep == null
        ? opened.current().orElseThrow(study::noPlan)
        : opened.look(SweepSource.read(sweep));
  }
}
