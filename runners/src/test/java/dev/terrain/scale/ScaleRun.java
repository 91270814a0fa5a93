package dev.terrain.scale;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.watch.WatchRequests;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.engine.EmbeddedStream;
import dev.terrain.engine.Engine;
import dev.terrain.engine.EngineSettings;
import dev.terrain.engine.StreamState;
import dev.terrain.pipelines.SweepPipeline;
import dev.terrain.pipelines.WatchPipeline;
import dev.terrain.sweep.SweepFile;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Sweep;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** A job with free stages as a process of its own; prints the seconds that it took. */
final class ScaleRun {
  private static final org.joda.time.Duration WINDOW = org.joda.time.Duration.standardSeconds(10);

  private ScaleRun() {}

  /**
   * {@code batch SWEEP STUDY [MASTER JARS]}: the whole sweep through the batch pipeline, embedded
   * or on a cluster. {@code watch REQUESTS STUDY CELLS}: embedded, until the measurements of so
   * many cells are in the tables.
   */
  public static void main(String[] words) throws Exception {
    long start = System.nanoTime();
    if (words[0].equals("batch")) {
      batch(words);
    } else {
      watch(words);
    }
    System.out.printf("%.1f%n", (System.nanoTime() - start) / 1e9);
    // A stream would go on.
    System.exit(0);
  }

  private static void batch(String[] words) throws IOException {
    Sweep sweep = SweepFile.read(Path.of(words[1]));
    StudyAddress address = new StudyAddress(words[2], null);
    boolean cluster = words.length > 3;
    EngineSettings settings =
        new EngineSettings(
            sweep,
            address,
            OptionalInt.of(2),
            cluster ? Optional.of(MasterAddress.parse(words[3])) : Optional.empty(),
            cluster ? List.of("--filesToStage=" + words[4]) : List.of());
    Pipeline pipeline =
        Pipeline.create((cluster ? Engine.flink : Engine.local).ready(settings).options());
    SweepPipeline.build(pipeline, sweep, address, FreeStage.all());
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("ended in state " + state);
    }
  }

  private static void watch(String[] words) throws Exception {
    StudyAddress address = new StudyAddress(words[2], null);
    Path study = Path.of(words[2]);
    long cells = Long.parseLong(words[3]);
    Duration limit = Duration.ofMinutes(2).plusMillis(100 * cells);
    try (StreamState state = StreamState.in(study.resolve("watch"))) {
      Pipeline pipeline = Pipeline.create(EmbeddedStream.ready(state, 2, List.of()).options());
      WatchPipeline.build(
          pipeline,
          WatchRequests.fromFolder(words[1]),
          AppendTables.to(words[2]).withWindow(WINDOW),
          address,
          FreeStage.all());
      Thread job = new Thread(() -> pipeline.run().waitUntilFinish(), "stream");
      job.setDaemon(true);
      job.start();
      long start = System.nanoTime();
      while (measurements(study) < cells * ScaleIT.MEASUREMENTS_OF_A_CELL) {
        long elapsed = (System.nanoTime() - start) / 1_000_000;
        if (!job.isAlive() || elapsed > limit.toMillis()) {
          throw new IllegalStateException("only " + measurements(study) + " measurements");
        }
        // Reading all tables over and over would be the greater part of the work.
        Thread.sleep(Math.max(1000, elapsed / 20));
      }
    }
  }

  private static long measurements(Path study) throws IOException {
    AtomicLong rows = new AtomicLong();
    try {
      TableReader.of(study).forEach(Table.MEASUREMENTS, row -> rows.incrementAndGet());
    } catch (FileNotFoundException e) {
      // Before the first rows come there are no tables.
      return 0;
    }
    return rows.get();
  }
}
