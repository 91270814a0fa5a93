package dev.terrain.cli;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.watch.WatchRequests;
import dev.terrain.engine.EmbeddedStream;
import dev.terrain.engine.ReadyEngine;
import dev.terrain.engine.StreamOnCluster;
import dev.terrain.engine.StreamState;
import dev.terrain.pipelines.WatchPipeline;
import dev.terrain.run.JobCancelledException;
import dev.terrain.study.WatchMark;
import dev.terrain.sweep.SweepFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain watch}: takes requests as they come, until it is ended. */
@Command(
    name = "watch",
    description = {
      "Trains and measures what requests ask for as they are dropped into a folder: sweeps (*.yaml, *.yml) and Avro files of single specs (*.avro). Tables grow meanwhile.",
      "Write a request elsewhere and rename it into the folder. Ends with Ctrl-C; the same command goes on where it was."
    })
final class WatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudyOption study;
  @Mixin private DataOption data;
  @Mixin private EngineOptions engine;
  @Mixin private SaveOption save;
  @Mixin private StackOption stack;

  @Parameters(
      index = "0",
      paramLabel = "REQUESTS",
      description =
          "Folder or gs:// prefix that requests are dropped into, or Pub/Sub subscription projects/PROJECT/subscriptions/NAME whose messages are sweeps in YAML.")
  private String requests;

  @Option(
      names = "--template",
      paramLabel = "SWEEP",
      description =
          "Sweep file whose name, axes, metrics and settings single specs take. Default: a sweep 'specs' of width and batch size with default settings.")
  private Path template;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Units of work at a time. Default: the number of processors, or the cluster's slots.")
  private Integer workers;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Time between two looks for requests. Default: ${DEFAULT-VALUE} s.")
  private int every;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long rows are gathered for one file of a table. Default: ${DEFAULT-VALUE} s.")
  private int window;

  @Option(
      names = "--window-rows",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Rows that one file of a table has at most. Default: ${DEFAULT-VALUE}.")
  private int windowRows;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Folder of the checkpoints. Default: watch/ in the study. Without it, a cluster keeps those of a study in a bucket; the engine local needs it then.")
  private Path state;

  @Parameters(
      index = "1..*",
      paramLabel = "ENGINE_OPTION",
      description = "After --: options of the engine itself, such as --jobName=x.")
  private List<String> given = List.of();

  @Override
  public Integer call() throws Exception {
    WatchRequests source =
        WatchRequests.from(address())
            .withPoll(Duration.standardSeconds(positive("--every", every)));
    if (template != null) {
      source = source.withTemplate(SweepFile.read(template));
    }
    String root = study.store().uri("watch").replaceFirst("/watch$", "");
    AppendTables tables =
        AppendTables.to(root)
            .withWindow(Duration.standardSeconds(positive("--window", window)))
            .withRows(positive("--window-rows", windowRows));
    checkFolder();
    StudyAddress address = stack.of(save.of(new StudyAddress(root, data.location())));
    Job job = new Job(source, tables, address);
    Optional<Path> folder = stateFolder(root);
    if (folder.isEmpty()) {
      watch(job, Optional.empty());
    } else {
      try (StreamState kept = StreamState.in(folder.get())) {
        watch(job, Optional.of(kept));
      }
    }
    return ExitCode.DONE;
  }

  private record Job(WatchRequests source, AppendTables tables, StudyAddress address) {}

  private void watch(Job job, Optional<StreamState> kept) throws Exception {
    OptionalInt units =
        workers == null ? OptionalInt.empty() : OptionalInt.of(positive("--workers", workers));
    String from =
        kept.isPresent() && kept.get().last().isPresent() ? ", from the last checkpoint on" : "";
    if (!engine.streamsOnCluster()) {
      Logging.showRestarts();
      int slots = units.orElse(Runtime.getRuntime().availableProcessors());
      run(job, EmbeddedStream.ready(kept.orElseThrow(), slots, given), from);
      return;
    }
    StreamOnCluster cluster = engine.stream(units, job.address().study(), kept, given);
    PrintWriter err = spec.commandLine().getErr();
    SharedFolderNotice.of(study.store(), cluster.hosts()).ifPresent(err::println);
    if (cluster.isUnderWay()) {
      attend(cluster);
    } else {
      run(job, cluster, from);
    }
  }

  /** The launcher of a job on a cluster may end before the job, and another takes its place. */
  private void attend(StreamOnCluster cluster) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("a job watches for this study already, as it was started; Ctrl-C ends it%n");
    err.flush();
    InterruptionNotice notice = InterruptionNotice.arm(err, cluster);
    try {
      cluster.awaitEnd();
      if (!notice.isGiven()) {
        cluster.checkEnd();
      }
      err.println("ended");
    } finally {
      notice.disarm();
    }
  }

  private void run(Job job, ReadyEngine ready, String from) throws Exception {
    WatchMark.write(study.store(), data.location());
    Pipeline pipeline = Pipeline.create(ready.options());
    WatchPipeline.build(pipeline, job.source(), job.tables(), job.address());
    PrintWriter err = spec.commandLine().getErr();
    err.printf("watching %s%s; Ctrl-C ends it%n", requests, from);
    err.flush();
    InterruptionNotice notice = InterruptionNotice.arm(err, ready);
    try {
      PipelineResult.State end = pipeline.run().waitUntilFinish();
      if (end == PipelineResult.State.CANCELLED && !notice.isGiven()) {
        throw new JobCancelledException("the job " + ready.options().getJobName(), null);
      }
      err.printf("ended: %s%n", end);
    } catch (RuntimeException e) {
      if (notice.isGiven()) {
        return;
      }
      throw ready.explain(e, job.address().study());
    } finally {
      notice.disarm();
    }
  }

  /** Processes of a cluster have working folders of their own. */
  private String address() {
    return isElsewhere() ? requests : Path.of(requests).toAbsolutePath().normalize().toString();
  }

  private boolean isElsewhere() {
    return WatchRequests.isSubscription(requests)
        || requests.matches("[A-Za-z][A-Za-z0-9+.-]+://.*");
  }

  /** A folder that is missing by mistake would be watched in vain. */
  private void checkFolder() {
    if (!isElsewhere() && !Files.isDirectory(Path.of(requests))) {
      LocalFolder.check("REQUESTS", requests);
      throw new IllegalArgumentException(requests + ": there is no such folder");
    }
  }

  /** Empty if only a cluster can say where: its machines share no folder with this one. */
  private Optional<Path> stateFolder(String root) {
    if (state != null) {
      LocalFolder.check("--state", state.toString());
      return Optional.of(state);
    }
    if (!root.startsWith("gs://")) {
      return Optional.of(Path.of(root, "watch"));
    }
    if (engine.streamsOnCluster()) {
      return Optional.empty();
    }
    throw new IllegalArgumentException(
        "--state is needed: checkpoints of a study in a bucket ("
            + root
            + ") stay on this machine");
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " (" + value + ") must be at least 1");
    }
    return value;
  }
}
