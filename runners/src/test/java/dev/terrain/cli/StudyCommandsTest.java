package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.store.Ledger;
import dev.terrain.store.ObjectStores;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Model;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyCommandsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path folder;
  private static Path sweep;
  private static Path study;
  private static Cli firstRun;

  @TempDir private Path other;

  @BeforeAll
  static void run() throws IOException {
    sweep = SmallSweep.write(folder);
    study = folder.resolve("study");
    firstRun = Cli.run("run", sweep, "--out", study, "--runner", "direct", "--workers", 2);
  }

  @Test
  void runPrintsThePhasesOnStandardOutputAndTheRestOnStandardError() {
    assertThat(firstRun.exitCode()).isZero();
    assertThat(firstRun.out().lines().map(String::strip).toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("batch_size \\\\ width +2 +4");
    assertThat(firstRun.out()).containsPattern("16 +(I|II|III|IV-A|IV-B) +(I|II|III|IV-A|IV-B)\\R");
    assertThat(firstRun.err())
        .contains("2 cells, 4 models")
        .contains("14 units to do on 2 workers; estimated time: unknown")
        .contains("14 units: 0 remembered, 14 computed, 0 failed")
        .contains("tables: " + study.resolve("tables"))
        .contains("report: " + study.resolve("report.html"));
  }

  @Test
  void aSecondRunSaysThatThereIsNothingToDo() throws IOException {
    Path copy = copyOfStudy();

    Cli cli = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--json");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).contains("nothing to train or measure: all 14 units are remembered");
    JsonNode facts = MAPPER.readTree(cli.out());
    assertThat(facts.path("remembered").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(facts.path("computed").intValue()).isZero();
    assertThat(facts.path("failed").intValue()).isZero();
    assertThat(facts.path("up_to_date").booleanValue()).isTrue();
    assertThat(facts.path("units_per_second").isNull()).isTrue();
    assertThat(Path.of(facts.path("report").textValue())).exists();
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(study));
  }

  @Test
  void checksThatDoNotHoldEndWithFiveUnlessTheyOnlyWarn() throws IOException {
    Path copy = copyOfStudy();
    Path checks = other.resolve("checks.yaml");
    Files.writeString(
        checks,
        """
        checks:
          - {check: completeness}
          - {check: range, metric: train_accuracy, between: [0, 100]}
          - {check: range, metric: train_accuracy, between: [0, 1], share: 0.5, severity: warn}
        """);

    Cli warned = Cli.run("check", "--out", copy, "--checks", checks);
    Cli run = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--checks", checks);
    Files.writeString(
        checks, Files.readString(checks).replace("severity: warn", "severity: error"));
    Cli failed = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--checks", checks);
    Cli json = Cli.run("check", "--out", copy, "--json");

    assertThat(warned.exitCode()).as(warned.err()).isZero();
    assertThat(warned.out())
        .contains("held    completeness: 14 of 14 in [1, 1]")
        .contains("held    range of train_accuracy: 4 of 4 in [0, 100]")
        .contains("warning range of train_accuracy: 0 of 4 in [0, 1], at least 50 %")
        .contains("train_accuracy of model ");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("warning range").contains("tables and report are up to date");
    assertThat(failed.exitCode()).isEqualTo(5);
    assertThat(failed.err()).contains("FAILED  range of train_accuracy");
    assertThat(json.exitCode()).isEqualTo(5);
    JsonNode facts = MAPPER.readTree(json.out());
    assertThat(facts).hasSize(3);
    assertThat(facts.get(2).path("held").booleanValue()).isFalse();
    assertThat(facts.get(2).path("examined").intValue()).isEqualTo(4);
    assertThat(facts.get(0).path("metric").isNull()).isTrue();
  }

  @Test
  void checksThatAreMissingOrWrongAreNamed() throws IOException {
    Path checks = Files.writeString(other.resolve("checks.yaml"), "checks: [{check: ranges}]");

    Cli none = Cli.run("check", "--out", study);
    Cli wrong = Cli.run("check", "--out", study, "--checks", checks);
    Cli absent = Cli.run("check", "--out", study, "--checks", other.resolve("no.yaml"));

    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("the sweep names no checks; name a file with --checks");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err())
        .contains(checks + ":1:18: checks[0].check: must be one of completeness");
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("no.yaml: there is no such file");
  }

  @Test
  void tablesAreRebuiltIfAskedForOrDamaged() throws IOException {
    Path copy = copyOfStudy();
    Path models = copy.resolve("tables/models/part-00000-of-00001.avro");
    byte[] first = Files.readAllBytes(models);

    Cli asked =
        Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--rebuild-tables", "--json");
    byte[] second = Files.readAllBytes(models);
    Files.delete(models);
    Cli damaged = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--json");
    Cli whole = Cli.run("run", sweep, "--out", copy, "--runner", "direct");

    // The files' sync markers are drawn at random.
    assertThat(second).isNotEqualTo(first);
    assertThat(MAPPER.readTree(asked.out()).path("up_to_date").booleanValue()).isFalse();
    assertThat(MAPPER.readTree(damaged.out()).path("up_to_date").booleanValue()).isFalse();
    assertThat(whole.err())
        .contains(
            "14 units: 14 remembered, 0 computed, 0 failed; tables and report are up to date");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(study));
  }

  @Test
  void aRunWithAFailedUnitEndsWithFour() throws IOException {
    Path copy = copyOfStudy();
    Path checkpoint;
    try (Stream<Path> models = Files.list(copy.resolve("models"))) {
      checkpoint = models.findFirst().orElseThrow().resolve("model.safetensors");
    }
    Files.writeString(checkpoint, "no weights");
    Path changed = SmallSweep.write(other, SmallSweep.YAML.replace("examples: 50", "examples: 60"));

    Cli cli = Cli.run("run", changed, "--out", copy, "--runner", "direct");

    assertThat(cli.exitCode()).isEqualTo(4);
    assertThat(cli.err())
        .contains("failed: curvature: " + checkpoint)
        .contains("14 units: 10 remembered, 3 computed, 1 failed")
        .doesNotContain("\tat ");
    assertThat(cli.out()).contains("batch_size \\ width");
    assertThat(Cli.run("plan", changed, "--out", copy).out()).contains("1 to do (1 failed before)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run --dry-run", "run -n"})
  void aPlanWritesNothingAtAll(String command) {
    Path absent = other.resolve("a/b");

    Cli cli = Cli.run(words(command, sweep, "--out", absent));

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("2 cells, 4 models", "14 units to do", "width=2 batch_size=16 seed 0: MISSING");
    assertThat(other).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --json", "run --dry-run --json"})
  void aPlanAsJsonTellsEveryStage(String command) throws IOException {
    Cli cli = Cli.run(words(command, sweep, "--out", other, "--workers", 3));

    JsonNode plan = MAPPER.readTree(cli.out());
    assertThat(plan.path("cells").intValue()).isEqualTo(2);
    assertThat(plan.path("models").intValue()).isEqualTo(4);
    assertThat(plan.path("units_to_do").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(plan.path("workers").intValue()).isEqualTo(3);
    assertThat(plan.path("estimated_seconds").isNull()).isTrue();
    assertThat(plan.path("stages").findValuesAsText("stage"))
        .containsExactly("train", "curvature", "connectivity", "similarity", "distance");
    assertThat(plan.path("stages").path(0).path("states").path("MISSING").intValue()).isEqualTo(4);
    assertThat(plan.path("stages").findValuesAsText("UPSTREAM"))
        .containsExactly("4", "2", "2", "2");
  }

  @Test
  void aPlanSaysWhatWouldBeLeftOut() {
    Cli cli =
        Cli.run("plan", sweep, "--out", other, "--only", "width == 2", "--until", "curvature");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("train               0 done       2 to do (4 new, 2 left out)")
        .contains("distance            0 done       0 to do (2 after their trainings, 2 left out)");
  }

  @Test
  void explainSaysWhyAndWhatWouldChangeIt() throws IOException {
    Path copy = copyOfStudy();
    String model = TableReader.of(copy).read(Model.class).get(0).getModelId();
    Path changed = SmallSweep.write(other, SmallSweep.YAML.replace("examples: 50", "examples: 60"));

    Cli text = Cli.run("explain", model.substring(0, 10), "--out", copy, "--sweep", changed);
    JsonNode facts =
        MAPPER.readTree(
            Cli.run("explain", model, "--out", copy, "--sweep", changed, "--json").out());

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .containsPattern("DONE +train")
        .containsPattern("SPEC_CHANGED +curvature .*: examples: 50 -> 60\n +put the setting back");
    assertThat(facts.findValuesAsText("state"))
        .containsExactlyInAnyOrder("DONE", "SPEC_CHANGED", "DONE", "DONE", "DONE");
    assertThat(facts.findValuesAsText("a_run_would")).contains("compute", "remember");
  }

  @Test
  void statusTellsHowFarTheStudyIs() throws IOException {
    Cli text = Cli.run("status", "--out", study);
    JsonNode facts = MAPPER.readTree(Cli.run("status", "--out", study, "--json").out());

    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("nothing to train or measure: all 14 units are remembered");
    assertThat(facts.path("units_done").intValue()).isEqualTo(SmallSweep.UNITS);
    assertThat(facts.path("units_to_do").intValue()).isZero();
    assertThat(facts.path("estimated_seconds").intValue()).isZero();
    assertThat(facts.path("estimated_seconds").isNumber()).isTrue();
    assertThat(facts.path("stages").findValues("mean_seconds")).allMatch(JsonNode::isNumber);
    assertThat(text.out()).containsPattern("train +4 +0 +0 +[0-9.]+ +.* ago");
    assertThat(facts.path("last_finished").textValue()).startsWith("20");
    assertThat(facts.path("trainings")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void everyTableIsExported(Table table) throws IOException {
    List<String> rows = TableRows.of(study).get(table);
    String name = table.folder();

    Cli csv = Cli.run("export", "--out", study, "--table", name);
    Cli jsonl = Cli.run("export", "--out", study, "--table", name, "--format", "jsonl");

    assertThat(csv.exitCode()).isZero();
    // No text of these tables holds a line break.
    assertThat(csv.out().split("\r\n")).hasSize(rows.size() + 1);
    List<String> columns = table.schema().getFields().stream().map(field -> field.name()).toList();
    assertThat(csv.out().lines().findFirst()).contains(String.join(",", columns));
    assertThat(jsonl.exitCode()).isZero();
    assertThat(jsonl.out().lines().toList()).hasSize(rows.size());
    for (String line : jsonl.out().lines().toList()) {
      assertThat(MAPPER.readTree(line).fieldNames())
          .toIterable()
          .containsExactlyElementsOf(columns);
    }
  }

  @Test
  void theFormatOfAnExportIsReadInAnyCase() {
    Cli lower = Cli.run("export", "--out", study, "--table", "cells", "--format", "csv");
    Cli upper = Cli.run("export", "--out", study, "--table", "CELLS", "--format", "CSV");

    assertThat(upper.out()).isEqualTo(lower.out()).contains("phase_reason");
  }

  @Test
  void reportIsDrawnAnewFromTheTables() throws IOException {
    Path copy = copyOfStudy();
    Files.delete(copy.resolve("report.html"));

    Cli cli = Cli.run("report", "--out", copy);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().strip()).isEqualTo(copy.resolve("report.html").toString());
    assertThat(copy.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aCorruptPlanIsNamed() throws IOException {
    Path copy = copyOfStudy();
    Files.writeString(copy.resolve("plan.json"), "{");

    Cli cli = Cli.run("status", "--out", copy);

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains(copy.resolve("plan.json").toString()).doesNotContain("\tat ");
  }

  @Test
  void aCorruptTableIsNamedWithWhatToDo() throws IOException {
    Path copy = copyOfStudy();
    Path cells = copy.resolve("tables/cells/part-00000-of-00001.avro");
    Files.write(cells, new byte[] {1, 2, 3});

    Cli cli = Cli.run("export", "--out", copy, "--table", "cells");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .contains("part-00000-of-00001.avro", "delete the folder tables/")
        .doesNotContain("\tat ", "internal error");
  }

  private static Object[] words(String command, Object... more) {
    return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray();
  }

  @Test
  void listPrintsTheUnitsOfAState() throws IOException {
    Path copy = copyOfStudy();
    String id = modelIds(copy).get(0);
    Files.delete(onlyRecord(copy, "distance"));

    assertThat(Cli.run("list", "--out", copy).out().lines()).hasSize(SmallSweep.UNITS);
    assertThat(Cli.run("list", "--out", copy, "--state", "missing,failed").out().lines())
        .singleElement()
        .asString()
        .startsWith("MISSING      distance ");
    JsonNode trainings =
        MAPPER.readTree(Cli.run("list", "--out", copy, "--stage", "train", "--json").out());
    assertThat(trainings.findValuesAsText("stage")).hasSize(4).containsOnly("train");
    assertThat(trainings.findValue("model_ids").toString()).contains("\"");
    assertThat(
            MAPPER.readTree(Cli.run("list", "--out", copy, "--state", "corrupt", "--json").out()))
        .isEmpty();
    assertThat(Cli.run("list", "--out", copy, "--stage", "cooking").exitCode()).isEqualTo(3);
    assertThat(id).hasSize(64);
  }

  @Test
  void showPrintsValuesAndWhatComputedThem() throws IOException {
    String id = modelIds(study).get(0);

    Cli cli = Cli.run("show", id.substring(0, 12), "--out", study);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .startsWith("model " + id)
        .containsPattern("DONE +train ")
        .containsPattern("DONE +curvature ")
        .containsPattern("computed by +terrain .*PyTorch.*, device cpu, 1 thread")
        .containsPattern("hessian_trace +[-0-9.e]+ nats, \\+- .* \\(probes\\)")
        .contains(id);
    JsonNode record =
        MAPPER.readTree(Cli.run("show", id, "--out", study, "--json").out()).findValue("record");
    assertThat(record.path("host").textValue()).isNotEmpty();
    assertThat(record.path("engine").textValue()).contains("PyTorch");
    assertThat(record.path("models").path(0).path("model_id").textValue()).isEqualTo(id);
    assertThat(Cli.run("show", "0000", "--out", study).err()).contains("names no model");
    assertThat(Cli.run("show", "../..", "--out", study).exitCode()).isEqualTo(3);
  }

  @Test
  void diffTellsSettingsAndMetricsOfTwoModelsApart() throws IOException {
    List<String> ids = modelIds(study);

    Cli cli = Cli.run("diff", ids.get(0), ids.get(1), "--out", study);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern("(width|seed) +[024] -> |(seed) +[01] -> ")
        .containsPattern("test_accuracy default +[0-9.]+ +[0-9.]+ +[-0-9.e]+");
    JsonNode same =
        MAPPER.readTree(
            Cli.run("diff", ids.get(0), "--out", study, "--with", copyOfStudy(), "--json").out());
    assertThat(same.path("settings")).isEmpty();
    assertThat(same.path("provenance")).isEmpty();
    same.path("metrics").forEach(pair -> assertThat(pair.path("difference").asDouble()).isZero());
    assertThat(Cli.run("diff", ids.get(0), "--out", study).exitCode()).isEqualTo(3);
  }

  @Test
  void aModelIsReproducedToTheLastBit() throws IOException {
    Cli cli = Cli.run("reproduce", modelIds(study).get(0), "--out", study, "--tolerance", 0);

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern("[0-9]+ values: ([0-9]+) the same, 0 within 0.0, 0 outside");
  }

  @Test
  void aRecordThatCannotBeReproducedEndsWithFive() throws IOException {
    Path copy = copyOfStudy();
    String id = modelIds(copy).get(0);
    Ledger ledger = new Ledger(ObjectStores.open(copy.toString()));
    String key =
        ledger.keys("train").stream().filter(k -> isOf(ledger, k, id)).findFirst().orElseThrow();
    UnitResult record = ledger.find("train", key).orElseThrow();
    ledger.forget("train", key);
    Model row = record.getModels().get(0);
    ledger.record(
        UnitResult.newBuilder(record)
            .setModels(
                List.of(
                    Model.newBuilder(row).setTrainLoss(row.getTrainLoss() * (1 + 1e-4)).build()))
            .build());

    Cli cli = Cli.run("reproduce", id, "--out", copy);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(5);
    assertThat(cli.out())
        .containsPattern("train +model.train_loss .* 0.00010 +outside")
        .contains("1 outside");
    assertThat(Cli.run("reproduce", id, "--out", copy, "--tolerance", "0.001").exitCode()).isZero();
  }

  private static boolean isOf(Ledger ledger, String key, String modelId) {
    try {
      return ledger
          .find("train", key)
          .orElseThrow()
          .getModels()
          .get(0)
          .getModelId()
          .equals(modelId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void gcListsWhatNothingNeedsAndRemovesItOnlyIfTold() throws IOException {
    Path copy = copyOfStudy();
    assertThat(Cli.run("gc", "--out", copy, "--older-than", 0).err()).contains("nothing to remove");
    Map<Table, List<String>> rows = TableRows.of(copy);
    List<String> garbage =
        List.of(
            "ledger/train/" + "ab/" + "ab".repeat(32) + ".avro",
            "models/" + "cd".repeat(32) + "/model.safetensors",
            "models/" + modelIds(copy).get(0) + "/progress.safetensors",
            "leases/train/ab/" + "ab".repeat(32) + "-1",
            "ledger/train/.tmp-1");
    for (String name : garbage) {
      Path file = copy.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "?");
    }
    Files.writeString(copy.resolve("notes.txt"), "mine");

    assertThat(Cli.run("gc", "--out", copy).out().lines())
        .as("what may be in use is left alone")
        .singleElement()
        .asString()
        .startsWith(garbage.get(0));
    Cli dry = Cli.run("gc", "--out", copy, "--older-than", 0);
    assertThat(dry.out().lines().map(line -> line.split(":", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(garbage);
    assertThat(dry.err()).contains("5 objects", "--delete removes them");
    garbage.forEach(name -> assertThat(copy.resolve(name)).exists());
    Cli.run("gc", "--out", copy, "--older-than", 0, "--delete");
    garbage.forEach(name -> assertThat(copy.resolve(name)).doesNotExist());
    assertThat(copy.resolve("notes.txt")).exists();
    Cli again = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--rebuild-tables");
    assertThat(again.err()).contains("14 units: 14 remembered, 0 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(rows);
  }

  @Test
  void aPackedStudyIsTheSameStudy() throws IOException {
    Path copy = copyOfStudy();

    Cli cli = Cli.run("compact", "--out", copy);

    assertThat(cli.out())
        .startsWith("14 records packed into 5 segments; 14 single records removed");
    assertThat(Cli.run("status", "--out", copy).out()).contains("all 14 units are remembered");
    Cli again = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--rebuild-tables");
    assertThat(again.err()).contains("14 units: 14 remembered, 0 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(study));
    Cli forced = Cli.run("run", sweep, "--out", copy, "--runner", "direct", "--force=distance");
    assertThat(forced.err()).contains("14 units: 12 remembered, 2 computed, 0 failed");
    assertThat(TableRows.of(copy)).isEqualTo(TableRows.of(study));
  }

  private static List<String> modelIds(Path folder) throws IOException {
    try (Stream<Path> models = Files.list(folder.resolve("models"))) {
      return models.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path onlyRecord(Path folder, String stage) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("ledger").resolve(stage))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private Path copyOfStudy() throws IOException {
    Path copy = other.resolve("copy");
    try (Stream<Path> files = Files.walk(study)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(study.relativize(file).toString()));
      }
    }
    return copy;
  }
}
