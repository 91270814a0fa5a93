package dev.terrain.cli;

import dev.terrain.engine.EmbeddedStream;
import dev.terrain.engine.ReadyEngine;
import dev.terrain.pipelines.WatchPipeline;
import dev.terrain.spec.SweepFile;
import dev.terrain.transforms.AppendTables;
import dev.terrain.transforms.StudyAddress;
import dev.terrain.transforms.watch.WatchRequests;
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
      description = "Units of work at a time. Default: the number of processors.")
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
          "Local folder of the checkpoints. Default: watch/ in the study; needed for a study in a bucket.")
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
    OptionalInt units =
        workers == null ? OptionalInt.empty() : OptionalInt.of(positive("--workers", workers));
    StudyAddress address = new StudyAddress(root, data.location());
    Optional<ReadyEngine> cluster = engine.stream(units, given);
    if (cluster.isPresent()) {
      PrintWriter err = spec.commandLine().getErr();
      SharedFolderNotice.of(study.store(), cluster.get().hosts()).ifPresent(err::println);
      run(source, tables, address, cluster.get(), "");
      return ExitCode.DONE;
    }
    Logging.showRestarts();
    int slots = units.orElse(Runtime.getRuntime().availableProcessors());
    try (EmbeddedStream stream = EmbeddedStream.in(stateFolder(root))) {
      String from = stream.lastCheckpoint().isPresent() ? ", from the last checkpoint on" : "";
      run(source, tables, address, stream.ready(slots, given), from);
    }
    return ExitCode.DONE;
  }

  private void run(
      WatchRequests source,
      AppendTables tables,
      StudyAddress address,
      ReadyEngine ready,
      String from)
      throws Exception {
    Pipeline pipeline = Pipeline.create(ready.options());
    WatchPipeline.build(pipeline, source, tables, address);
    PrintWriter err = spec.commandLine().getErr();
    err.printf("watching %s%s; Ctrl-C ends it%n", requests, from);
    err.flush();
    InterruptionNotice notice = InterruptionNotice.arm(err, ready);
    try {
      PipelineResult.State end = pipeline.run().waitUntilFinish();
      err.printf("ended: %s%n", end);
    } catch (RuntimeException e) {
      throw ready.explain(e);
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
      throw new IllegalArgumentException(requests + ": there is no such folder");
    }
  }

  private Path stateFolder(String root) {
    if (state != null) {
      return state;
    }
    if (root.startsWith("gs://")) {
      throw new IllegalArgumentException(
          "--state is needed: checkpoints of a study in a bucket ("
              + root
              + ") stay on this machine");
    }
    return Path.of(root, "watch");
  }

  private static int positive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " (" + value + ") must be at least 1");
    }
    return value;
  }
}
