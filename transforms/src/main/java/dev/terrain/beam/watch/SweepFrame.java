package dev.terrain.beam.watch;

import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.List;

/**
 * The frame of a sweep: what it asks of every cell, whichever its cells and seeds are. That is its
 * name, the settings of its axes, its families of metrics with their settings, and its thresholds.
 * Requests with equal frames grow one sweep.
 */
final class SweepFrame {
  private SweepFrame() {}

  /** The frame as a sweep without base, values and seeds. */
  static Sweep of(Sweep sweep) {
    return Sweep.newBuilder(sweep)
        .setBase(ModelSpec.newBuilder().build())
        .setLoad(withoutValues(sweep.getLoad()))
        .setTemperature(withoutValues(sweep.getTemperature()))
        .setOtherAxes(sweep.getOtherAxes().stream().map(SweepFrame::withoutValues).toList())
        .setSeeds(List.of())
        .setChecks(List.of())
        .build();
  }

  /** Fingerprint of a frame. */
  static String id(Sweep frame) {
    return Fingerprints.of("frame", frame);
  }

  private static Axis withoutValues(Axis axis) {
    return new Axis(axis.getSetting(), List.of());
  }
}
