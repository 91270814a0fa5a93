package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.SWEEP;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static dev.terrain.cli.FinishedStudy.modelIds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.tables.WriteTables;
import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStores;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gc} and {@code compact}. */
@Tag("engine")
class UpkeepCommandsTest {
  @TempDir private Path other;

  @Test
  void gcListsWhatNothingNeedsAndRemovesItOnlyIfTold() throws IOException {
    Path copy = copyIn(other);
    assertThat(Cli.run("gc", "--out", copy, "--older-than", 0).err()).contains("nothing to remove");
    Map<Table, List<String>> rows = TableRows.of(copy);
    String record = "ledger/distance/" + "ab/" + "ab".repeat(32) + ".avro";
    List<String> garbage =
        List.of(
            record,
            "models/" + "cd".repeat(32) + "/model.safetensors",
            "models/" + modelIds(copy).get(0) + "/progress.safetensors",
            "leases/train/ab/" + "ab".repeat(32) + "-1",
            WriteTables.stagedName("cells", "c0ffee", 0, 1),
            "ledger/train/.tmp-1");
    for (String name : garbage) {
      Path file = copy.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "?");
    }
    recordOfLongAgo(copy, record);
    Files.writeString(copy.resolve("notes.txt"), "mine");

    assertThat(Cli.run("gc", "--out", copy).out().lines())
        .as("what may be in use is left alone")
        .singleElement()
        .asString()
        .startsWith(garbage.get(0));
    Cli dry = Cli.run("gc", "--out", copy, "--older-than", 0);
    assertThat(dry.out().lines().map(line -> line.split(":", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(garbage);
    assertThat(dry.err()).contains("6 objects", "--delete removes them");
    garbage.forEach(name -> assertThat(copy.resolve(name)).exists());
    Cli.run("gc", "--out", copy, "--older-than", 0, "--delete");
    garbage.forEach(name -> assertThat(copy.resolve(name)).doesNotExist());
    assertThat(copy.resolve("notes.txt")).exists();
    Cli again = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--rebuild-tables");
    assertThat(again.err()).contains("18 units: 18 remembered, 0 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(rows);
  }

  /** A record of no plan, of the study's data. */
  private static void recordOfLongAgo(Path study, String name) throws IOException {
    Ledger ledger = new Ledger(ObjectStores.open(study.toString()));
    String key = ledger.keys("distance").iterator().next();
    Instant then = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MICROS);
    Files.delete(study.resolve(name));
    ledger.record(
        UnitResult.newBuilder(ledger.find("distance", key).orElseThrow())
            .setKey("ab".repeat(32))
            .setComputedAt(then)
            .build());
    Files.setLastModifiedTime(study.resolve(name), FileTime.from(then));
  }

  @Test
  void aPackedStudyIsTheSameStudy() throws IOException {
    Path copy = copyIn(other);

    Cli cli = Cli.run("compact", "--out", copy);

    assertThat(cli.out())
        .startsWith("18 records packed into 6 segments; 18 single records removed");
    assertThat(Cli.run("status", "--out", copy).out()).contains("all 18 units are remembered");
    Cli again = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--rebuild-tables");
    assertThat(again.err()).contains("18 units: 18 remembered, 0 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(STUDY));
    Cli forced = Cli.run("run", SWEEP, "--out", copy, "--runner", "direct", "--force=distance");
    assertThat(forced.err()).contains("18 units: 16 remembered, 2 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(STUDY));
  }
}
