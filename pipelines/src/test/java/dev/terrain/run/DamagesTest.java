package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.RunControl;
import dev.terrain.copy.TablesCopy;
import dev.terrain.ledger.FailedUnits;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableFixture;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random damages to files of every kind that a study has. Whatever reads the study then reads the
 * same as before, or names the file, or does without what is computed anew: none is silent.
 *
 * <p>{@code -Dterrain.damages=300} makes more of them and {@code -Dterrain.damages.seed=2} others;
 * each tenth study is mended by a run (of 60 each thirtieth).
 */
@Tag("engine")
class DamagesTest {
  private static final int NORMAL = 60;
  private static final int DAMAGES = Integer.getInteger("terrain.damages", NORMAL);
  private static final long SEED = Long.getLong("terrain.damages.seed", 1);
  private static final List<Damage> WAYS = List.of(Damage.values());

  /** Of what no result depends on, or only the duty to compute it again. */
  private static final Set<FileKind> SPARE =
      EnumSet.of(FileKind.PROGRESS, FileKind.FAILURE, FileKind.LEASE, FileKind.STREAM_MARKER);

  private static final Sweep SWEEP =
      Sweep.newBuilder(
              SmallStudy.sweepWith("max_products: 8,", "max_products: 8, keep_eigenvectors: 1,"))
          .setMetrics(List.of("losses", "curvature", "distance"))
          .setSeeds(List.of(0L, 1L))
          .build();

  @TempDir private static Path sound;
  @TempDir private Path folder;
  private static StudyObserver observer;
  private static Map<String, String> soundSights;
  private static Map<Table, List<String>> soundRows;

  @BeforeAll
  static void make() throws IOException {
    SmallStudy study = new SmallStudy(sound.resolve("study"));
    study.run(SWEEP);
    ObjectStore store = study.store();
    new LedgerCompaction(store).compact("train", 2);
    TableReader tables = StudyTables.of(store);
    Checkpoints checkpoints = new Checkpoints(store);
    for (Model model : tables.read(Model.class)) {
      checkpoints.saveProgress(
          model.getModelId(),
          checkpoints.load(model.getModelId()).tensors(),
          // Of another key, so that no training goes on from it.
          Map.of("key", "ff", "epochs", "1", "step", "17", "loss_sum", "0x1.8p3"));
      new FailedUnits(store)
          .record(
              Failure.newBuilder()
                  .setStage("train")
                  .setKey(model.getKey())
                  .setExceptionClass("java.io.IOException")
                  .setMessage("the disk is on fire")
                  .setAttempt(1)
                  .setFailedAt(Instant.EPOCH)
                  .build());
    }
    store.write("leases/train/ab/abcd-1", "elsewhere 1 2 3".getBytes(StandardCharsets.UTF_8));
    List<Measurement> rows = tables.read(Measurement.class);
    Path streamed = sound.resolve("streamed");
    TableFixture.stream(streamed, Table.MEASUREMENTS, rows.subList(0, 9));
    TableFixture.stream(streamed, Table.MEASUREMENTS, rows.subList(9, rows.size()));
    TablesCopy.of(store, sound.resolve("copy").toString(), PipelineOptionsFactory.create())
        .update();
    observer = new StudyObserver(sound, SWEEP);
    soundSights = observer.observe(sound);
    soundRows = rows(sound);
    assertThat(soundSights.values()).noneMatch(sight -> sight.startsWith(StudyObserver.ERROR));
  }

  private static List<FileKind> kinds() {
    return List.of(FileKind.values());
  }

  @Test
  void noDamageIsSilent() throws IOException {
    Random random = new Random(SEED);
    Map<FileKind, Map<String, Integer>> outcomes = new EnumMap<>(FileKind.class);
    for (int i = 0; i < DAMAGES; i++) {
      FileKind kind = kinds().get(i % kinds().size());
      Damage damage = WAYS.get(random.nextInt(WAYS.size()));
      Path root = copy(folder.resolve("damage-" + i));
      List<String> files = names(root).stream().filter(kind::isKindOf).toList();
      assertThat(files).as("files of kind %s", kind).isNotEmpty();
      String name = files.get(random.nextInt(files.size()));
      List<Path> others =
          files.stream().filter(other -> !other.equals(name)).map(root::resolve).toList();
      damage.inflict(root.resolve(name), others, random);
      String what = "damage %d of seed %d: %s %s".formatted(i, SEED, damage, name);

      String outcome = judge(what, kind, changed(root), observer.observe(root));

      outcomes.computeIfAbsent(kind, other -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
      if (i % (DAMAGES == NORMAL ? 30 : 10) == 0) {
        mend(what, kind, root);
      }
      delete(root);
    }
    if (DAMAGES != NORMAL) {
      System.out.println(outcomes);
    }
  }

  /** Says what came of a damage, which is none of those that are silent. */
  private static String judge(
      String what, FileKind kind, Set<String> changed, Map<String, String> sights) {
    String outcome = "harmless";
    for (Map.Entry<String, String> sight : sights.entrySet()) {
      String now = sight.getValue();
      if (now.equals(soundSights.get(sight.getKey()))) {
        continue;
      }
      String of = what + ", read by " + sight.getKey();
      if (now.startsWith(StudyObserver.ERROR)) {
        assertThat(changed).as(of + ": " + now).anyMatch(file -> now.contains(inStudy(file)));
        outcome = "named";
      } else {
        assertThat(now).as(of).isEqualTo(StudyObserver.ABSENT);
        outcome = outcome.equals("named") ? outcome : "computed anew";
      }
    }
    boolean spare = SPARE.contains(kind) || changed.isEmpty();
    boolean mended = kind == FileKind.REPORT || kind == FileKind.COPY_MANIFEST;
    if (outcome.equals("harmless") && mended) {
      return "written anew";
    }
    return outcome.equals("harmless") && spare ? "no result depends on it" : outcome;
  }

  /** The name as messages have it. */
  private static String inStudy(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /** A run computes what is missing, and what cannot be read, and writes the tables anew. */
  private static void mend(String what, FileKind kind, Path root) throws IOException {
    SmallStudy study = new SmallStudy(root.resolve("study"));
    if (kind == FileKind.PLAN) {
      // As the message has it.
      study.store().delete("plan.json");
    }
    study.store().delete("leases/train/ab/abcd-1");
    study.run(SWEEP, RunControl.STANDARD.withRerunFailed(true));
    Map<Table, List<String>> rows = rows(root);
    soundRows.forEach((table, sound) -> assertThat(rows.get(table)).as(what).isEqualTo(sound));
  }

  /** Rows without the folder, which addresses of vectors begin with. */
  private static Map<Table, List<String>> rows(Path root) throws IOException {
    Map<Table, List<String>> rows = TableRows.of(root.resolve("study"));
    rows.replaceAll(
        (table, texts) ->
            texts.stream()
                .map(text -> text.replaceAll("_uri=\\S*/models/", "_uri=models/"))
                .toList());
    return rows;
  }

  private static Path copy(Path target) throws IOException {
    for (String name : names(sound)) {
      Path place = target.resolve(name);
      Files.createDirectories(place.getParent());
      Files.copy(sound.resolve(name), place);
    }
    return target;
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Names of the files that are not what they were. */
  private static Set<String> changed(Path root) throws IOException {
    Set<String> changed = new TreeSet<>();
    for (String name : names(sound)) {
      Path file = root.resolve(name);
      if (!Files.exists(file)
          || !Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(sound.resolve(name)))) {
        changed.add(name);
      }
    }
    return changed;
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
