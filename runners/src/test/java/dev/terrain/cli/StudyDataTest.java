package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.data.FashionFiles;
import dev.terrain.sweep.SweepFile;
import dev.terrain.sweep.SweepJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a study take its data from its plan, and no others for them. */
@Tag("engine")
class StudyDataTest {
  private static final String YAML =
      """
      name: fashion
      base: {dataset: fashion-mnist, depth: 1, epochs: 1, stop_rule: epochs}
      axes:
        load: {width: [2]}
        temperature: {batch_size: [16]}
      seeds: 2
      metrics: [losses, distance]
      checks:
        - {check: completeness}
      """;
  private static final int UNITS = 2 + 2 + 1;
  private static final String IMAGES = "train-images-idx3-ubyte";

  @TempDir private static Path folder;
  private static Path sweep;
  private static Path study;
  private static Path data;
  private static Path other;
  private static String id;

  @TempDir private Path own;

  @BeforeAll
  static void finish() throws IOException {
    sweep = SmallSweep.write(folder, YAML);
    study = folder.resolve("study");
    data = FashionFiles.write(folder.resolve("data"), 1);
    other = FashionFiles.write(folder.resolve("other"), 2);
    Cli run = Cli.run("run", sweep, "--out", study, "--data", data, "--runner", "direct");
    assertThat(run.exitCode()).as(run.err()).isZero();
    id = FinishedStudy.modelIds(study).get(0);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(study)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static Cli run(String line, Object... more) {
    List<Object> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(word.equals("ID") ? id : word.equals("SWEEP") ? sweep : word);
    }
    words.add("--out");
    words.add(study);
    words.addAll(Arrays.asList(more));
    return Cli.run(words.toArray());
  }

  @Test
  void gcRemovesNothingOfAStudyWhoseDataItIsNotTold() throws IOException {
    List<String> before = files();

    Cli cli = run("gc --delete --older-than 0");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("nothing to remove");
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gc --delete --older-than 0",
        "status",
        "list",
        "show ID",
        "explain ID",
        "check",
        "reproduce ID"
      })
  void otherDataAreRefusedAndBothAreNamed(String line) throws IOException {
    List<String> before = files();

    Cli cli = run(line, "--data", other);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err())
        .contains(other.toString(), data.toString(), "--data")
        .doesNotContain("\tat ");
    assertThat(cli.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void commandsThatJudgeNeedNoData() throws IOException {
    Path moved = Files.move(data, folder.resolve("moved"));
    try {
      assertThat(run("status").out()).contains("all " + UNITS + " units are remembered");
      assertThat(run("list").out().lines()).hasSize(UNITS).allMatch(l -> l.startsWith("DONE"));
      assertThat(run("show ID").out()).contains("test_accuracy");
      assertThat(run("explain ID").out().lines()).allMatch(line -> line.startsWith("DONE"));
      assertThat(run("diff ID ID").exitCode()).isZero();
      assertThat(run("check").exitCode()).isZero();
      assertThat(run("report").exitCode()).isZero();
      assertThat(run("gc").err()).contains("nothing to remove");
      assertThat(run("export --table cells").exitCode()).isZero();
      assertThat(run("compact").exitCode()).isZero();
    } finally {
      Files.move(moved, data);
    }
  }

  @Test
  void aRunTakesTheDataOfThePlan() {
    Cli cli = run("run SWEEP --runner direct");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("all " + UNITS + " units are remembered");
    assertThat(run("plan SWEEP").out()).contains("all " + UNITS + " units are remembered");
    assertThat(run("reproduce ID").exitCode()).isZero();
  }

  @Test
  void aDamagedPlanIsNamedWithWhatToDoAndNothingIsRemoved() throws IOException {
    Path plan = study.resolve("plan.json");
    String text = Files.readString(plan);
    List<String> before = files();
    Files.writeString(plan, text.replace("\"epochs\" : 1", "\"epochs\" : 2"));
    try {
      for (String line :
          List.of(
              "gc --delete --older-than 0",
              "status",
              "list",
              "show ID",
              "explain ID",
              "diff ID ID",
              "reproduce ID",
              "check",
              "report",
              "compact",
              "run SWEEP",
              "plan SWEEP")) {
        Cli cli = run(line);
        assertThat(cli.exitCode()).as(line).isEqualTo(ExitCode.INVALID);
        assertThat(cli.err()).as(line).contains(plan.toString(), "damaged plan", "restore");
        assertThat(files()).as(line).isEqualTo(before);
      }
    } finally {
      Files.writeString(plan, text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run SWEEP",
        "plan SWEEP",
        "status",
        "list",
        "show ID",
        "explain ID",
        "check",
        "gc",
        "diff ID ID",
        "reproduce ID"
      })
  void badDataEndWithThreeAndAreNamed(String line) throws IOException {
    for (String damage : List.of("missing", "truncated", "short", "folder")) {
      Path bad = FashionFiles.write(own.resolve(damage), 1);
      Path file = bad.resolve(IMAGES);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      switch (damage) {
        case "truncated" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case "short" ->
            Files.write(file, new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5});
        case "folder" -> Files.createDirectory(file);
        default -> {}
      }

      Cli cli = run(line, "--data", bad);

      assertThat(cli.exitCode()).as(damage).isEqualTo(ExitCode.INVALID);
      assertThat(cli.err())
          .as(damage)
          .contains(bad.toString(), "train-images")
          .containsAnyOf("fetch", "give a folder")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void gcSaysThatDamageToAPlanOfAnEarlierVersionCouldNotBeNoticed() throws IOException {
    Path copy = FinishedStudy.copyIn(own);
    Path plan = copy.resolve("plan.json");
    Files.writeString(plan, SweepJson.write(SweepFile.read(FinishedStudy.SWEEP)));

    Cli unsealed = Cli.run("gc", "--out", copy);
    Cli.run("run", FinishedStudy.SWEEP, "--out", copy, "--runner", "direct");
    Files.delete(plan);
    Cli sealed = Cli.run("gc", "--out", copy);

    assertThat(unsealed.exitCode()).isZero();
    assertThat(unsealed.err()).contains(plan + ": holds no SHA-256", "nothing to remove");
    assertThat(sealed.err()).contains("nothing to remove").doesNotContain("SHA-256");
    assertThat(copy.resolve("plan-2.json")).exists();
  }

  @Test
  void gcSaysWhatItKeepsAndWhy() throws IOException {
    Path copy = own.resolve("copy");
    try (Stream<Path> files = Files.walk(study)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(study.relativize(file).toString()));
      }
    }
    Files.delete(copy.resolve("plan.json"));
    Path changed = Files.writeString(own.resolve("b.yaml"), YAML.replace("[16]", "[20]"));
    Cli.run("run", changed, "--out", copy, "--data", data, "--runner", "direct");

    Cli cli = Cli.run("gc", "--out", copy, "--older-than", 0, "--delete");
    JsonNode facts = new JsonMapper().readTree(Cli.run("gc", "--out", copy, "--json").out());

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(UNITS + " records of units that no plan asks for are kept: too young")
        .contains("nothing to remove");
    assertThat(facts.path("kept")).hasSize(UNITS);
    assertThat(facts.path("kept").path(0).path("reason").asText()).isEqualTo("YOUNG");
  }
}
