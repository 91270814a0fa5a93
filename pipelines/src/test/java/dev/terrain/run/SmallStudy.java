package dev.terrain.run;

import dev.terrain.beam.units.RunControl;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A study of perceptrons so small that each of its units takes a moment. */
public final class SmallStudy {
  /** Two cells of three models; the first pair of each cell is connected. */
  public static final String YAML =
      """
      name: small
      base: {data_fraction: 0.1, depth: 1, epochs: 2, stop_rule: epochs}
      axes:
        load: {width: [2, 4]}
        temperature: {batch_size: [16]}
      seeds: 3
      curvature: {examples: 50, batches: 2, eigenvalues: 1, block_size: 2, max_products: 8, measures: []}
      connectivity: {pairs: first, epochs: 1}
      similarity: {examples: 64, mixup_batch_size: 32}
      """;

  public static final Sweep SWEEP = SweepFile.parse(YAML, "small");

  private final Path folder;

  public SmallStudy(Path folder) {
    this.folder = folder;
  }

  /** The small sweep with some text replaced. */
  public static Sweep sweepWith(String old, String replacement) {
    if (!YAML.contains(old)) {
      throw new IllegalArgumentException("the sweep has no '" + old + "'");
    }
    return SweepFile.parse(YAML.replace(old, replacement), "small");
  }

  /** The small sweep with another setting of the curvature, so that it is measured anew. */
  public static Sweep sweepWithOtherCurvature() {
    CurvatureSettings other =
        CurvatureSettings.newBuilder(
                new dev.terrain.stage.curvature.CurvatureStage().settings(SWEEP))
            .setExamples(60)
            .build();
    return new dev.terrain.stage.curvature.CurvatureStage().withSettings(SWEEP, other);
  }

  Path folder() {
    return folder;
  }

  public ObjectStore store() {
    return ObjectStores.open(folder.toString());
  }

  public StageContext context() {
    return StageContext.open(folder.toString(), null, StageListener.SILENT);
  }

  /** The file of a finished unit. */
  public Path record(String stage, String key) {
    return folder.resolve(Ledger.name(stage, key));
  }

  public Study study() {
    return new Study(new StudyAddress(folder.toString(), null));
  }

  public SweepRun open(Sweep sweep) {
    return new SweepRun(sweep, new StudyAddress(folder.toString(), null));
  }

  public RunSummary run(Sweep sweep) throws IOException {
    return run(sweep, RunControl.STANDARD);
  }

  public RunSummary run(Sweep sweep, RunControl control) throws IOException {
    return new SweepRun(sweep, new StudyAddress(folder.toString(), null).withControl(control))
        .run(
            PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=2")
                .create());
  }

  /** Another study with the same files. */
  public SmallStudy copyTo(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, target));
    }
    return new SmallStudy(target);
  }

  private void copy(Path file, Path target) {
    Path place = target.resolve(folder.relativize(file));
    try {
      Files.createDirectories(place.getParent());
      Files.copy(file, place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
