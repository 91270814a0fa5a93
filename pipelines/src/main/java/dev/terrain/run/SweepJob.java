package dev.terrain.run;

import dev.terrain.beam.units.StageCounters;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.pipelines.GcsEndpoint;
import dev.terrain.pipelines.InstallTables;
import dev.terrain.pipelines.StagedTables;
import dev.terrain.pipelines.SweepPipeline;
import dev.terrain.pipelines.TablesInstallation;
import dev.terrain.stage.standard.Stages;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.tables.Table;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;

/**
 * One job of Beam that brings a sweep into a study: the pipeline, the wait for its end, what its
 * counters tell, and the tables that take their places.
 */
final class SweepJob {
  /** So few single records are read within a second. */
  private static final int RECORDS_WORTH_PACKING = 2_000;

  private final Sweep sweep;
  private final StudyAddress address;
  private final ObjectStore store;
  private final SweepTables tables;
  private final String plan;

  /** A job under a plan that is frozen; nothing is handed over yet. */
  SweepJob(Sweep sweep, StudyAddress address, ObjectStore store, SweepTables tables, String plan) {
    this.sweep = sweep;
    this.address = address;
    this.store = store;
    this.tables = tables;
    this.plan = plan;
  }

  /**
   * Hands the pipeline to the engine that the options name.
   *
   * @param attended false if the job itself is to put its tables in their places
   */
  SubmittedRun submit(PipelineOptions options, boolean attended) throws IOException {
    StagedTables staged = StagedTables.begin(SweepPipeline.parts(sweep));
    TablesOwner owner = new TablesOwner(sweep.getName(), plan, tables.fingerprint(), staged.run());
    ObjectStores.endpoint(address.study())
        .ifPresent(endpoint -> GcsEndpoint.use(endpoint, options));
    Pipeline pipeline = Pipeline.create(options);
    PCollection<String> written = SweepPipeline.buildStaged(pipeline, sweep, address, staged);
    if (!attended) {
      written.apply("InstallTables", new InstallTables(address.study(), staged, owner));
    }
    long start = System.nanoTime();
    TablesInstallation installation = new TablesInstallation(store, staged);
    return new SubmittedRun(
        pipeline.run(),
        result -> {
          awaitDone(result, options.getJobName(), installation);
          double seconds = (System.nanoTime() - start) / 1e9;
          return finish(counters(result), seconds, options.getJobName(), installation, owner);
        });
  }

  private void awaitDone(PipelineResult result, String job, TablesInstallation installation)
      throws IOException {
    PipelineResult.State state = result.waitUntilFinish();
    if (address.control().stopMarker() != null) {
      store.delete(address.control().stopMarker());
    }
    if (state == PipelineResult.State.CANCELLED) {
      throw new JobCancelledException("the job " + job, null);
    }
    if (state == null) {
      throw new IOException(
          "lost sight of the job " + job + "; the same command goes on where it was");
    }
    if (state != PipelineResult.State.DONE) {
      installation.discard();
      throw new IOException("the job " + job + " ended in state " + state);
    }
  }

  private RunSummary finish(
      Map<String, Long> counters,
      double seconds,
      String job,
      TablesInstallation installation,
      TablesOwner owner)
      throws IOException {
    Map<Table, Long> rows = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      rows.put(table, counters.getOrDefault("rows_" + table.folder(), 0L));
    }
    RunSummary summary = RunSummary.of(counters, seconds);
    if (summary.units() + summary.skipped() == 0) {
      // A sweep has models, so this is an engine whose counters cannot be read, not an empty study.
      throw new IOException(
          "the engine tells no counters of the job " + job + ", so its tables cannot be checked");
    }
    RunSummary complete = tables.install(summary, rows, installation, owner);
    new LedgerCompaction(store).compact(Stages.standard().names(), RECORDS_WORTH_PACKING);
    return complete;
  }

  private static Map<String, Long> counters(PipelineResult result) {
    MetricQueryResults metrics =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(StageCounters.NAMESPACE))
                    .build());
    return StreamSupport.stream(metrics.getCounters().spliterator(), false)
        .collect(
            Collectors.groupingBy(
                counter -> counter.getName().getName(),
                Collectors.summingLong(MetricResult::getAttempted)));
  }
}
