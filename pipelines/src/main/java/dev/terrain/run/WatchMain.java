package dev.terrain.run;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.beam.watch.WatchRequests;
import dev.terrain.pipelines.WatchPipeline;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.WatchMark;
import dev.terrain.sweep.SweepFile;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;

/**
 * Runs the unbounded job with Beam's options: {@code --requests=… --study=… --runner=FlinkRunner
 * --streaming …}. It ends when it is stopped.
 */
public final class WatchMain {
  private WatchMain() {}

  /** Parses the options and runs. */
  public static void main(String[] arguments) throws IOException {
    WatchOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(WatchOptions.class);
    WatchRequests requests =
        WatchRequests.from(options.getRequests())
            .withPoll(Duration.standardSeconds(options.getPollSeconds()));
    if (options.getTemplate() != null) {
      requests = requests.withTemplate(SweepFile.read(Path.of(options.getTemplate())));
    }
    AppendTables tables =
        AppendTables.to(options.getStudy())
            .withWindow(Duration.standardSeconds(options.getWindowSeconds()))
            .withRows(options.getWindowRows());
    WatchMark.write(ObjectStores.open(options.getStudy()), options.getData());
    Pipeline pipeline = Pipeline.create(options);
    WatchPipeline.build(pipeline, requests, tables, StudyOptions.address(options));
    pipeline.run().waitUntilFinish();
  }
}
