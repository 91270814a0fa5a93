package dev.terrain.scale;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.plan.UnitState;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Makes a study in which every unit of a sweep is finished, by numerics that cost nothing: each
 * record is put into the ledger as a run puts it, and all are packed as a run packs them. What is
 * finished already stays as it is. {@code terrain run} then writes tables and report, and what
 * {@code status}, {@code plan} and a run with nothing to do cost can be measured.
 */
final class ScaleStudy {
  private ScaleStudy() {}

  /** {@code SWEEP STUDY}. */
  public static void main(String[] words) throws IOException {
    long start = System.nanoTime();
    Sweep sweep = SweepFile.read(Path.of(words[0]));
    StageContext context = StageContext.open(words[1], null, StageListener.SILENT);
    Stages stages = FreeStage.all();
    long[] units = {0};
    new SweepRun(sweep, new StudyAddress(words[1], null))
        .visit(
            standing -> {
              if (standing.state() != UnitState.DONE) {
                record(standing.unit(), stages, context);
              }
              units[0]++;
            });
    LedgerCompaction.Outcome packed =
        new LedgerCompaction(context.store()).compact(stages.names(), 1);
    System.out.printf(
        "%d units recorded, %d packed in %.1f s%n",
        units[0], packed.records(), (System.nanoTime() - start) / 1e9);
  }

  private static void record(Unit unit, Stages stages, StageContext context) {
    try {
      if (unit.getStage().equals(TrainStage.NAME)) {
        // Weights are only looked for here; what they hold is not read.
        String name = Checkpoints.name(unit.getModels().get(0).getModelId());
        context.store().createIfAbsent(name, new byte[0]);
      }
      context.ledger().record(stages.computing(unit.getStage()).compute(unit, context));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
