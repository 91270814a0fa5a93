package dev.terrain.stage;

import dev.terrain.surface.EngineArithmetic;
import dev.terrain.surface.Processor;
import dev.terrain.surface.Torch;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times a unit, and stamps its rows and its record: begin with it, end with its result. */
public final class UnitClock {
  private final StackClock time;
  private @Nullable String dataSha256;

  /** The clock of a unit that is computed alone. */
  public UnitClock() {
    this(new StackClock(1));
  }

  /** The clock of a unit that is computed with others: its time is its share of theirs. */
  public UnitClock(StackClock stack) {
    this.time = stack;
  }

  /** Data that units are computed from. */
  public interface Source {
    /** SHA-256 (hex) of the images and labels. */
    String sha256();
  }

  /**
   * Lets the record name the data that the unit is computed from.
   *
   * @return the same data
   */
  public <D extends Source> D stamp(D data) {
    dataSha256 = data.sha256();
    return data;
  }

  /**
   * The result of a unit that gives measurements only, all stamped with this moment and the time
   * that the unit took since the clock was made.
   *
   * @param codeVersion of its stage
   */
  public UnitResult finish(Unit unit, int codeVersion, List<Measurement.Builder> measurements) {
    return finish(unit, codeVersion, List.of(), measurements, List.of(), List.of());
  }

  /**
   * The result of a unit, all its rows stamped with this moment and the time that the unit took
   * since the clock was made.
   */
  public UnitResult finish(
      Unit unit,
      int codeVersion,
      List<Model.Builder> models,
      List<Measurement.Builder> measurements,
      List<Spectrum.Builder> spectra,
      List<LossPath.Builder> paths) {
    long duration = time.shareMilliseconds();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return UnitResult.newBuilder()
        .setKey(unit.getKey())
        .setStage(unit.getStage())
        .setCodeVersion(codeVersion)
        .setModels(
            models.stream().map(m -> m.setDurationMs(duration).setComputedAt(now).build()).toList())
        .setMeasurements(
            measurements.stream()
                .map(m -> m.setDurationMs(duration).setComputedAt(now).build())
                .toList())
        .setSpectra(
            spectra.stream()
                .map(s -> s.setDurationMs(duration).setComputedAt(now).build())
                .toList())
        .setPaths(
            paths.stream().map(p -> p.setDurationMs(duration).setComputedAt(now).build()).toList())
        .setDurationMs(duration)
        .setComputedAt(now)
        .setTerrainVersion(Provenance.TERRAIN_VERSION)
        .setEngine(Torch.version())
        .setEngineBuild(Torch.build())
        .setArithmetic(EngineArithmetic.ofThisProcess().name())
        .setProcessor(Processor.ofThisMachine().name())
        .setInstructionSet(Processor.ofThisMachine().instructionSet())
        .setJavaVersion(Provenance.JAVA_VERSION)
        .setOs(Provenance.OS)
        .setHost(Provenance.HOST)
        .setDevice(Provenance.DEVICE)
        .setThreads(Provenance.THREADS)
        .setStackSize(time.size())
        .setDataSha256(dataSha256)
        .setPlugins(UsedPlugins.versions(unit))
        .build();
  }
}
