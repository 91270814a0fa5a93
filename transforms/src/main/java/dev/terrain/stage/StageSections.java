package dev.terrain.stage;

import dev.terrain.sweep.SweepSection;
import dev.terrain.sweep.SweepSections;
import java.util.List;

/** The sections of sweeps: those of the stages that measure. */
public final class StageSections implements SweepSections.Source {
  @Override
  public List<? extends SweepSection<?>> sections() {
    return Stages.standard().measurements();
  }
}
