package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is said in a few lines, and nothing is written. */
@Tag("engine")
class WrongInputTest {
  @TempDir private Path folder;
  private Path sweep;
  private Path study;

  @BeforeEach
  void write() throws IOException {
    sweep = SmallSweep.write(folder);
    study = folder.resolve("study");
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(study).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "config",
        "config bogus",
        "run",
        "run SWEEP",
        "run --out STUDY",
        "run SWEEP --out STUDY --runner bogus",
        "run SWEEP --out STUDY --progress bogus",
        "run SWEEP --out STUDY --workers two",
        "plan SWEEP --out STUDY --bogus",
        "export --out STUDY",
        "export --out STUDY --table bogus",
        "export --out STUDY --table cells --format bogus",
        "export --out STUDY --table cells --copy-to x",
        "status",
        "report"
      })
  void aWrongCommandLineIsAUsageError(String line) {
    Cli cli = run(line);

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .startsWith("terrain: ")
        .containsPattern("see 'terrain( [a-z]+)* --help'\\R$")
        .doesNotContain("\tat ", "Usage:");
    assertThat(cli.err().lines()).hasSizeLessThanOrEqualTo(3);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void anUnknownEngineIsNamedWithThoseThereAre() {
    assertThat(run("run SWEEP --out STUDY --runner bogus").err())
        .contains("bogus")
        .contains("local")
        .contains("direct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run SWEEP --out STUDY",
        "run SWEEP --out STUDY --dry-run",
        "plan SWEEP --out STUDY",
        "config validate SWEEP",
        "config show SWEEP"
      })
  void anUnknownKeyIsPlacedAndTheNearestIsNamed(String line) throws IOException {
    SmallSweep.write(folder, SmallSweep.YAML.replace("stop_rule", "stop_rul"));

    Cli cli = invalid(line);

    assertThat(cli.err()).contains("small.yaml:2:", "stop_rul", "stop_rule");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void aWrongValueIsPlacedAndWhatIsAllowedIsSaid() throws IOException {
    SmallSweep.write(folder, SmallSweep.YAML.replace("stop_rule: epochs", "stop_rule: never"));

    assertThat(invalid("run SWEEP --out STUDY").err())
        .contains("small.yaml:2:", "stop_rule", "never", "plateau", "epochs");
  }

  @Test
  void everyProblemOfASweepIsSaid() throws IOException {
    SmallSweep.write(
        folder,
        SmallSweep.YAML.replace("depth: 1", "depth: -1").replace("width: [2, 4]", "width: [2, 0]"));

    assertThat(invalid("config validate SWEEP").err())
        .contains("small.yaml:2:", "depth", "-1", "small.yaml:4:", "width");
  }

  @Test
  void aMissingSweepIsNamed() {
    Cli cli = Cli.run("run", folder.resolve("absent.yaml"), "--out", study);

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains("absent.yaml").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status --out EMPTY", "report --out EMPTY", "export --out EMPTY --table cells"})
  void aFolderThatIsNoStudyIsNamed(String line) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Cli cli = invalid(line.replace("EMPTY", empty.toString()));

    assertThat(cli.err()).contains(empty + " holds no plan.json", "not a study");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aStudyThatDoesNotExistIsNotCreatedByLooking() {
    assertThat(invalid("status --out STUDY").err()).contains(study.toString());
  }

  @Test
  void aMissingDataSetIsNamedWithWhatToDo() throws IOException {
    SmallSweep.write(folder, SmallSweep.YAML.replace("base: {", "base: {dataset: fashion-mnist, "));

    assertThat(invalid("run SWEEP --out STUDY --data /nonexistent").err())
        .contains("/nonexistent lacks train-images-idx3-ubyte", "dataset-fashion-mnist")
        .hasLineCount(1);
  }

  @Test
  void aBatchLargerThanTheTrainingSetIsRefused() throws IOException {
    SmallSweep.write(folder, SmallSweep.YAML.replace("[16]", "[16, 144]"));

    assertThat(invalid("run SWEEP --out STUDY").err()).contains("batch_size (144)", "digits (143)");
  }

  @Test
  void aFractionOfTheDataThatLeavesNoImageIsRefused() throws IOException {
    SmallSweep.write(
        folder, SmallSweep.YAML.replace("data_fraction: 0.1", "data_fraction: 0.0001"));

    assertThat(invalid("plan SWEEP --out STUDY").err())
        .contains("data_fraction (1.0E-4) leaves none of the 1437 training images of digits")
        .contains("at least 0.000696");
  }

  /** 145 = 9 * 16 + 1 of the images, which are of 8x8 pixels. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run SWEEP --out STUDY",
        "run SWEEP --out STUDY --dry-run",
        "plan SWEEP --out STUDY",
        "config validate SWEEP"
      })
  void whatWouldFailLateIsRefusedBeforeAnythingIsTrained(String line) throws IOException {
    SmallSweep.write(
        folder,
        SmallSweep.YAML
            .replace("[16]", "[16, 5000]")
            .replace(
                "data_fraction: 0.1",
                "data_fraction: 0.101, architecture: resnet18, incomplete_batch: keep")
            .replace("depth: 1, ", ""));

    Cli cli = invalid(line);

    assertThat(cli.err())
        .contains("small.yaml:5:30: axes.temperature.batch_size[0]: 16 leaves one of the 145")
        .contains("set incomplete_batch: skip");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void theSameSettingInBaseAndAnAxisIsRefused() throws IOException {
    SmallSweep.write(folder, SmallSweep.YAML.replace("base: {", "base: {width: 3, "));

    assertThat(invalid("config validate SWEEP").err())
        .contains("small.yaml:2:15: base.width: is also the axis axes.load.width");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "--only widht>3 ~ did you mean 'width'?",
        "--only width> ~ not understood",
        "--only width=4 ~ '=' is no operator here; use ==",
        "--until distances ~ --until (distances) must be one of train, checkpoint, curvature",
        "--shard 4/3 ~ --shard (4/3) must be I/N with I from 1 to N",
        "--shard 1 ~ --shard (1) must be I/N",
        "--max-models 0 ~ --max-models (0) must be at least 1",
        "--max-models 1 ~ --max-models (1) allows not even one cell",
        "--max-hours -1 ~ --max-hours (-1.0) must be above 0",
        "--max-hours 1e-6 ~ --max-hours (1.00e-06) allows not even one cell",
        "--force=trian ~ --force (trian) must be one of train",
        "--force-downstream ~ --force-downstream needs --force",
        "--max-attempts 0 ~ --max-attempts (0) must be at least 1",
        "--fail-fast --keep-going ~ exclude one another"
      })
  void whatARunIsToComputeMustMakeSense(String options, String message) {
    assertThat(invalid("plan SWEEP --out STUDY " + options).err()).contains(message);
  }

  static List<String> linesWithFolders() {
    return List.of(
        "run SWEEP --out BAD",
        "run SWEEP --out BAD --dry-run",
        "run SWEEP --out STUDY --data BAD",
        "run SWEEP --out STUDY --copy-tables BAD",
        "plan SWEEP --out BAD",
        "plan SWEEP --out STUDY --data BAD",
        "watch . --out BAD",
        "watch BAD --out STUDY",
        "watch . --out STUDY --state BAD",
        "status --out BAD",
        "list --out BAD",
        "show 0000 --out BAD",
        "explain 0000 --out BAD",
        "diff 0000 1111 --out BAD",
        "reproduce 0000 --out BAD",
        "check --out BAD",
        "gc --out BAD",
        "compact --out BAD",
        "report --out BAD",
        "export --out BAD --table cells",
        "export --out STUDY --copy-to BAD",
        "flink up --folder BAD",
        "flink status --folder BAD",
        "flink down --folder BAD");
  }

  @ParameterizedTest
  @MethodSource("linesWithFolders")
  void whatIsNoFolderIsNamedWithWhatItIs(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    for (String[] bad :
        new String[][] {
          {file.toString(), file + " is a file, not a folder"},
          {file + "/below/it", file + " is a file, not a folder"},
          {link.toString(), link + " is a link to something that is not there"},
          {"/dev/null", "/dev/null is a device, pipe or socket, not a folder"}
        }) {
      Cli cli = invalid(line.replace("BAD", bad[0]));

      assertThat(cli.err()).contains("(" + bad[0] + "): " + bad[1]).hasLineCount(1);
    }
    assertThat(file).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run BAD --out STUDY",
        "plan BAD --out STUDY",
        "config validate BAD",
        "config show BAD",
        "run SWEEP --out STUDY --checks BAD"
      })
  void whatIsNoFileIsNamedWithWhatItIs(String line) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    assertThat(invalid(line.replace("BAD", folder.toString())).err())
        .contains(folder + ": is a folder, not a file")
        .hasLineCount(1);
    assertThat(invalid(line.replace("BAD", link.toString())).err())
        .contains(link.toString())
        .hasLineCount(1);
    assertThat(invalid(line.replace("BAD", "/dev/null")).err())
        .contains("/dev/null")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.5", "86401", "NaN"})
  void statesAreSavedAtSomeTime(String seconds) {
    assertThat(invalid("run SWEEP --out STUDY --save-every " + seconds).err())
        .contains("--save-every (" + seconds, "0 to 86400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1025", "-1", "4.5", "on"})
  void stacksHaveASize(String size) {
    assertThat(invalid("run SWEEP --out STUDY --stack " + size).err())
        .contains("--stack (" + size + ") must be auto, off or a number from 1 to 1024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run SWEEP --out STUDY --workers 0",
        "run SWEEP --out STUDY --workers -1",
        "plan SWEEP --out STUDY --workers 0"
      })
  void workersMustBePositive(String line) {
    assertThat(invalid(line).err()).contains("--workers", "at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "direct"})
  void anUnknownOptionOfTheEngineIsNamed(String engine) {
    Cli cli = invalid("run SWEEP --out STUDY --runner " + engine + " -- --jobbName=x");

    assertThat(cli.err()).contains("jobbName");
  }

  @Test
  void aSchemeThatNoStoreHasIsNamed() {
    Cli cli = Cli.run("plan", sweep, "--out", "s3://bucket/study");

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains("s3://bucket/study", "gs://");
  }

  /** Runs a line that is wrong in its content. */
  private Cli invalid(String line) {
    Cli cli = run(line);
    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).doesNotContain("\tat ", "Exception", "internal error");
    assertThat(cli.out()).isEmpty();
    return cli;
  }

  private Cli run(String line) {
    Stream<String> words = line.isEmpty() ? Stream.empty() : Stream.of(line.split(" "));
    return Cli.run(
        words
            .map(
                word ->
                    switch (word) {
                      case "SWEEP" -> sweep;
                      case "STUDY" -> study;
                      default -> word;
                    })
            .toArray());
  }
}
