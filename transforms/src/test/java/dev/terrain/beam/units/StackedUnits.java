package dev.terrain.beam.units;

import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.v1.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Units of {@link TogetherStage} in the hands of a worker, of a study in a folder. */
final class StackedUnits {
  private final StudyAddress study;
  private final StageContext context;

  StackedUnits(Path folder) {
    this(new StudyAddress(folder.toString(), null));
  }

  StackedUnits(StudyAddress study) {
    this.study = study;
    this.context = study.open(StageListener.SILENT);
  }

  static Unit unit(int width, long seed) {
    return Samples.training(Samples.spec(seed).setWidth(width).build());
  }

  StageContext context() {
    return context;
  }

  /** The model of one seed. */
  UnitWork work(int width, long seed, int most) {
    ComputingStage computing = new ComputingStage(new TogetherStage(most), study);
    computing.open();
    return computing.workOn(unit(width, seed));
  }

  /** The models of some seeds. */
  List<UnitWork> works(int width, int most, long... seeds) {
    List<UnitWork> works = new ArrayList<>();
    for (long seed : seeds) {
      works.add(work(width, seed, most));
    }
    return works;
  }
}
