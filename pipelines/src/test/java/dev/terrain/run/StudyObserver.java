package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.copy.TablesCopy;
import dev.terrain.ledger.FailedUnits;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.standard.Stages;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.tables.ExportFormat;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableExport;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Sweep;
import dev.terrain.weights.Checkpoint;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Progress;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * All that Terrain reads of a study: what is read, by the names of readers; or nothing where what
 * is not there is computed anew; or the message of an error.
 */
final class StudyObserver {
  /** In the place of what is computed anew. */
  static final String ABSENT = "absent";

  /** What the messages of errors begin with. */
  static final String ERROR = "error: ";

  private final Sweep sweep;
  private final List<Model> models;
  private final List<Spectrum> spectra;
  private final Map<String, List<String>> keys = new TreeMap<>();

  /** Knows from a sound study what there is to read. */
  StudyObserver(Path root, Sweep sweep) throws IOException {
    this.sweep = sweep;
    ObjectStore store = ObjectStores.open(root.resolve("study").toString());
    models = StudyTables.of(store).read(Model.class);
    spectra = StudyTables.of(store).read(Spectrum.class);
    for (String stage : Stages.standard().names()) {
      keys.put(stage, new Ledger(store).keys(stage).stream().sorted().toList());
    }
  }

  /** Reads something. */
  @FunctionalInterface
  private interface Reading {
    Object read() throws IOException;
  }

  /** Reads everything. */
  Map<String, String> observe(Path root) {
    Map<String, String> seen = new TreeMap<>();
    ObjectStore store = ObjectStores.open(root.resolve("study").toString());
    ObjectStore streamed = ObjectStores.open(root.resolve("streamed").toString());
    for (Table table : Table.values()) {
      see(seen, "table " + table, () -> export(store, table));
      see(seen, "streamed table " + table, () -> export(streamed, table));
    }
    keys.forEach(
        (stage, units) ->
            units.forEach(
                key -> see(seen, "record " + key, () -> new Ledger(store).find(stage, key))));
    Checkpoints checkpoints = new Checkpoints(store);
    for (Model model : models) {
      String id = model.getModelId();
      see(seen, "weights " + id, () -> text(checkpoints.load(id)));
      see(seen, "progress " + id, () -> checkpoints.loadProgress(id).map(StudyObserver::text));
      see(seen, "failure " + id, () -> new FailedUnits(store).find("train", model.getKey()));
    }
    for (Spectrum row : spectra) {
      see(
          seen,
          "vectors " + row.getKey(),
          () ->
              text(
                  checkpoints.loadVectors(
                      Checkpoints.EIGENVECTORS, row.getModelId(), row.getKey())));
    }
    see(seen, "plan", () -> new PlanFiles(store).current().map(FrozenPlan::sweep));
    see(seen, "copy", () -> copy(root, store));
    see(seen, "run", () -> upToDate(root.resolve("study"), store));
    return seen;
  }

  private static void see(Map<String, String> seen, String what, Reading reading) {
    try {
      Object read = reading.read();
      seen.put(
          what,
          read instanceof Optional<?> found
              ? found.map(Object::toString).orElse(ABSENT)
              : read.toString());
    } catch (IOException | IllegalArgumentException | InvalidSweepException e) {
      seen.put(what, ERROR + e.getMessage());
    }
  }

  private static String export(ObjectStore store, Table table) throws IOException {
    StringBuilder text = new StringBuilder();
    TableExport.write(StudyTables.of(store), table, ExportFormat.CSV, text);
    return text.toString();
  }

  private static String text(Checkpoint checkpoint) {
    return checkpoint.spec() + text(checkpoint.tensors());
  }

  private static String text(Progress progress) {
    return new TreeMap<>(progress.metadata()) + text(progress.tensors());
  }

  private static String text(List<Tensor> tensors) {
    StringBuilder text = new StringBuilder();
    for (Tensor tensor : tensors) {
      text.append(tensor.name())
          .append(Arrays.toString(tensor.shape()))
          .append(Arrays.hashCode(tensor.values()));
    }
    return text.toString();
  }

  /** A copy is made anew unless it is whole. */
  private static String copy(Path root, ObjectStore store) throws IOException {
    TablesCopy.of(store, root.resolve("copy").toString(), PipelineOptionsFactory.create()).update();
    StringBuilder text = new StringBuilder();
    for (Table table : Table.values()) {
      String file = table.folder() + "/part-00000-of-00001.avro";
      text.append(Arrays.hashCode(Files.readAllBytes(root.resolve("copy").resolve(file))));
    }
    return text + Files.readString(root.resolve("copy/copy.json"));
  }

  /** A run that finds nothing to do tells of its rows, and draws the report unless it is whole. */
  private Optional<String> upToDate(Path study, ObjectStore store) throws IOException {
    SweepRun run = new SmallStudy(study).open(sweep);
    Optional<RunSummary> found = run.findUpToDate(run.plan());
    if (found.isPresent()) {
      StoredManifest manifest = new StoredManifest(store);
      assertThat(manifest.reportAgrees(manifest.read().orElseThrow())).isTrue();
    }
    return found.map(summary -> summary.rows().toString());
  }
}
