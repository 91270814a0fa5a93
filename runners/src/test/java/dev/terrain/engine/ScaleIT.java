package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.pipelines.SweepPipeline;
import dev.terrain.spec.SweepExpansion;
import dev.terrain.spec.SweepFile;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.transforms.StudyAddress;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many units through the whole batch pipeline, with numerics that cost nothing. The number of cells
 * is the system property {@code terrain.scale.cells}: a few by default, so that the way is tested;
 * 14,286 make 100,000 units.
 */
class ScaleIT {
  private static final int CELLS = Integer.getInteger("terrain.scale.cells", 140);

  private static final int SIDE = (int) Math.ceil(Math.sqrt(CELLS));

  /** Two trainings, two curvatures, a pair, a similarity and a distance. */
  private static final int UNITS_OF_A_CELL = 7;

  @TempDir private Path folder;

  @Test
  void everyUnitOfManyReachesTheTablesAndIsRememberedThen() throws IOException {
    Sweep sweep =
        SweepFile.parse(
            """
            name: scale
            base: {dataset: digits, data_fraction: 0.02, depth: 0, batch_size: 8, epochs: 1}
            axes:
              load:
                label_noise_seed: {from: 1, to: 1000000000, points: %d}
              temperature:
                learning_rate: {from: 0.001, to: 1, points: %d}
            seeds: 2
            """
                .formatted(SIDE, SIDE),
            "scale.yaml");
    long cells = SweepExpansion.of(sweep).cellCount();

    run("computed", sweep, cells);
    run("remembered", sweep, cells);

    assertThat(rows(Table.MODELS)).isEqualTo(2 * cells);
    assertThat(rows(Table.MEASUREMENTS)).isEqualTo((2 * 4 + 5) * cells);
    assertThat(rows(Table.CELLS)).isEqualTo(cells);
    assertThat(rows(Table.FAILURES)).isZero();
  }

  private void run(String what, Sweep sweep, long cells) throws IOException {
    StudyAddress address = new StudyAddress(folder.toString(), null);
    Pipeline pipeline =
        Pipeline.create(
            Engine.local
                .ready(
                    new EngineSettings(
                        sweep, address, OptionalInt.of(2), Optional.empty(), List.of()))
                .options());
    SweepPipeline.build(pipeline, sweep, address, FreeStage.all());
    long start = System.nanoTime();
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(state).isEqualTo(PipelineResult.State.DONE);
    System.out.printf(
        "%d units %s in %.1f s: %.0f units/s; tables %.1f MB; peak memory of the process %s%n",
        cells * UNITS_OF_A_CELL,
        what,
        seconds,
        cells * UNITS_OF_A_CELL / seconds,
        size(folder.resolve("tables")) / 1e6,
        peakMemory());
  }

  private long rows(Table table) throws IOException {
    AtomicLong rows = new AtomicLong();
    TableReader.of(folder).forEach(table, row -> rows.incrementAndGet());
    return rows.get();
  }

  private static long size(Path tables) throws IOException {
    try (Stream<Path> files = Files.walk(tables)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String peakMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }
}
