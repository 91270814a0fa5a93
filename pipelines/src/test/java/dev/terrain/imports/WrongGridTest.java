package dev.terrain.imports;

import static dev.terrain.imports.TrialImport.AXES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.terrain.study.ImportedStudy;
import dev.terrain.sweep.InvalidSweepException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of grids that are not what their mapping says. */
class WrongGridTest {
  private static final String LOSS = AXES + "metrics:\n  train_loss: {column: loss}\n";
  private static final String ACCURACY =
      AXES + "metrics:\n  test_accuracy: {column: acc, unit: UNIT}\n";

  @TempDir private Path folder;
  private TrialImport trial;

  @BeforeEach
  void setUp() {
    trial = new TrialImport(folder);
  }

  private String refusal(String grid, String mapping) {
    Throwable problem = catchThrowable(() -> trial.run(grid, mapping));
    assertThat(problem).isInstanceOfAny(InvalidGridException.class, InvalidSweepException.class);
    assertThat(folder.resolve("study")).doesNotExist();
    return trial.plain(problem);
  }

  @Test
  void aColumnThatTheGridLacks_isNamedWithItsPlaceAndTheNearest() {
    assertThat(refusal("width,batch_size,loss,q\n2,16,1,1\n", LOSS))
        .isEqualTo(
            "mapping.yaml:3:46: axes.temperature.column: 'batch' is no column of grid.csv; it has"
                + " width, batch_size, loss, q");
    assertThat(refusal("width,batch,los\n2,16,1\n", LOSS))
        .isEqualTo(
            "mapping.yaml:5:24: metrics.train_loss.column: 'loss' is no column of grid.csv; did you"
                + " mean 'los'?");
    assertThat(refusal("width,batch,loss\n2,16,1\n", LOSS + "ignore: [wd]\n"))
        .isEqualTo(
            "mapping.yaml:6:10: ignore[0]: 'wd' is no column of grid.csv; it has width, batch,"
                + " loss");
  }

  @Test
  void twoRowsForOneCell_areNamedByTheirLines() {
    assertThat(refusal("width,batch,loss\n2,16,1\n4,16,1\n2.0,16,3\n", LOSS))
        .isEqualTo(
            "grid.csv: lines 2 and 4 are both of the cell width 2, batch_size 16; 'row: run' says"
                + " that rows are runs, an axis under 'other' or a condition under 'where' parts"
                + " them");
    assertThat(
            refusal("width,batch,seed,loss\n2,16,a,1\n2,16,a,2\n", LOSS + "row: run\nrun: seed\n"))
        .isEqualTo(
            "grid.csv: lines 2 and 3 are both of the cell width 2, batch_size 16, seed a; 'run'"
                + " lists the columns that tell runs apart");
    assertThat(
            refusal(
                "width,batch,seed,e,loss\n2,16,a,5,1\n2,16,a,5,2\n",
                LOSS + "row: epoch\nrun: seed\nepoch: e\n"))
        .isEqualTo(
            "grid.csv: lines 2 and 3 are both of the cell width 2, batch_size 16, seed a, e 5;"
                + " 'run' lists the columns that tell runs apart, 'epoch' counts the epochs");
  }

  @Test
  void textWhereANumberBelongs_isNamed() {
    assertThat(refusal("width,batch,loss\n2,16,1\n4,16,low\n", LOSS))
        .isEqualTo(
            "grid.csv: line 3, column loss: 'low' is no number; if it means that there is no value,"
                + " list it under 'missing'");
    assertThat(refusal("width,batch,loss\n2,16,\"0,5\"\n", LOSS))
        .startsWith("grid.csv: line 2, column loss: '0,5' is no number; ");
    assertThat(refusal("width,batch,loss\nwide,16,1\n", LOSS))
        .isEqualTo(
            "grid.csv: line 2, column width: 'wide' is no number, which the axis width needs");
    assertThat(refusal("width,batch,loss\n,16,1\n", LOSS))
        .isEqualTo("grid.csv: line 2, column width: is empty; every row needs its width");
    assertThat(refusal("width,batch,loss\n2,16,\n", LOSS + "missing: [NA]\n"))
        .isEqualTo(
            "grid.csv: line 2, column loss: is empty; if it means that there is no value, list it"
                + " under 'missing'");
  }

  @Test
  void lineNumbersCountThoseWithinQuotesAndEmptyOnes() {
    assertThat(refusal("width,batch,loss,note\n2,16,1,\"a\nb\"\n\n4,16,x,\n", LOSS))
        .startsWith("grid.csv: line 5, column loss: 'x' is no number");
  }

  @Test
  void whatIsNotFinite_isMissingOnlyIfTheMappingSaysSo() {
    for (String text : new String[] {"NaN", "nan", "inf", "-Infinity", "1e999"}) {
      assertThat(refusal("width,batch,loss\n2,16,1\n4,16," + text + "\n", LOSS))
          .isEqualTo(
              "grid.csv: line 3, column loss: '%s' is no finite number; if it means that there is no value, list it under 'missing'"
                  .formatted(text));
    }
    assertThat(trial.run("width,batch,loss\n2,16,1\n4,16,NaN\n", LOSS + "missing: NaN\n").cells())
        .isEqualTo(2);
  }

  @Test
  void anEmptyFileOrOneWithoutRows_isRefused() {
    assertThat(refusal("", LOSS))
        .isEqualTo("grid.csv: the file is empty; a header and lines are needed");
    assertThat(refusal("\n\n", LOSS))
        .isEqualTo("grid.csv: the file is empty; a header and lines are needed");
    assertThat(refusal("width,batch,loss\n\n", LOSS))
        .isEqualTo("grid.csv: has a header, but no rows");
  }

  @Test
  void aLineOfAnotherLength_isNamed() {
    assertThat(refusal("width,batch,loss\n2,16,1\n4,16\n", LOSS))
        .isEqualTo("grid.csv: line 3: has 2 fields, but the header has 3");
    assertThat(refusal("width,batch,loss\n2,16,1,9\n", LOSS))
        .isEqualTo("grid.csv: line 2: has 4 fields, but the header has 3");
    assertThat(refusal("width;batch;loss\n2;16;1\n", LOSS))
        .startsWith(
            "mapping.yaml:2:34: axes.load.column: 'width' is no column of grid.csv; it has the one"
                + " column 'width;batch;loss', so 'separator' is to be said\n");
  }

  @Test
  void aQuoteThatIsNotClosed_isNamed() {
    assertThat(refusal("width,batch,loss\n2,16,\"1\n4,16,1\n", LOSS))
        .isEqualTo("grid.csv: line 4: Missing closing quote for value");
  }

  @Test
  void twoColumnsOfOneName_areRefused() {
    assertThat(refusal("width,batch,loss,loss\n2,16,1,2\n", LOSS))
        .isEqualTo("grid.csv: columns 3 and 4 are both called 'loss'");
  }

  @Test
  void noUsableCell_isSaid() {
    assertThat(refusal("width,batch,loss\n2,16,\n4,16,\n", LOSS))
        .isEqualTo(
            "grid.csv: no cell can be used: none of the 2 rows that count has a value of a metric");
    assertThat(refusal("width,batch,loss,split\n2,16,1,test\n", LOSS + "where: {split: train}\n"))
        .isEqualTo(
            "grid.csv: 'where' keeps none of its 1 rows: column split is to be train, and is test");
  }

  @Test
  void percentThatLooksLikeAFraction_isRefused_andTheOtherWayRound() {
    assertThat(
            refusal("width,batch,acc\n2,16,0.5\n4,16,0.9\n", ACCURACY.replace("UNIT", "percent")))
        .isEqualTo(
            "grid.csv: column acc: no value lies beyond 1, though the mapping says percent; 'unit:"
                + " fraction' says that they are fractions, 'small: true' that they are percent all"
                + " the same");
    assertThat(
            refusal("width,batch,acc\n2,16,0.5\n4,16,90\n", ACCURACY.replace("UNIT", "fraction")))
        .isEqualTo(
            "grid.csv: line 3, column acc: 90 is no fraction, though the mapping says so ('unit:"
                + " percent' says that it is percent)");
    assertThat(
            trial
                .run(
                    "width,batch,acc\n2,16,0.5\n4,16,0.9\n",
                    ACCURACY.replace("UNIT", "percent, small: true"))
                .cells())
        .isEqualTo(2);
  }

  @Test
  void aValueThatCannotBe_isRefused() {
    assertThat(refusal("width,batch,loss\n2,16,-3.2\n", LOSS))
        .isEqualTo(
            "grid.csv: line 2, column loss: -3.2 gives train_loss -3.2, which lies outside [0, ∞);"
                + " 'scale: ln' says that a column holds logarithms");
    assertThat(refusal("width,batch,acc\n2,16,101\n", ACCURACY.replace("UNIT", "percent")))
        .isEqualTo(
            "grid.csv: line 2, column acc: 101 gives test_accuracy 101, which lies outside [0,"
                + " 100]");
    assertThat(
            refusal(
                "width,batch,cka\n2,16,75\n",
                AXES + "metrics: {cka: {column: cka, variant: paper}}"))
        .isEqualTo("grid.csv: line 2, column cka: 75 gives cka 75, which lies outside [0, 1]");
    assertThat(
            refusal(
                "width,batch,t\n2,16,1000\n",
                AXES + "metrics: {hessian_trace: {column: t, scale: ln, variant: paper}}"))
        .isEqualTo("grid.csv: line 2, column t: 1000 is too large to be undone");
  }

  @Test
  void bytesThatAreNoText_areRefused() {
    Throwable problem =
        catchThrowable(
            () -> trial.run("width,batch,loss\n2,16,1\n".getBytes(StandardCharsets.UTF_16), LOSS));

    assertThat(trial.plain(problem)).isEqualTo("grid.csv: is not text in UTF-8");
  }

  @Test
  void aStudyOfRuns_isRefused() throws IOException {
    trial.store().write("plan.json", new byte[] {'{', '}'});

    Throwable problem = catchThrowable(() -> trial.run("width,batch,loss\n2,16,1\n", LOSS));

    assertThat(problem).isInstanceOf(IllegalArgumentException.class);
    assertThat(trial.plain(problem))
        .isEqualTo(
            "study holds plan.json, so it is a study of runs; an import needs an empty folder, or"
                + " that of an earlier import");
    assertThat(trial.store().exists(ImportedStudy.NAME)).isFalse();
  }

  @Test
  void tablesOfAStream_areRefused() throws IOException {
    trial.store().write("tables/cells/part-stream-0.avro", new byte[0]);

    Throwable problem = catchThrowable(() -> trial.run("width,batch,loss\n2,16,1\n", LOSS));

    assertThat(trial.plain(problem))
        .isEqualTo(
            "study holds tables that are no import; an import needs an empty folder, or that of an"
                + " earlier import");
  }

  @Test
  void aWrongGridLeavesTheEarlierImportAsItWas() throws IOException {
    trial.run("width,batch,loss\n2,16,1\n", LOSS);

    assertThat(catchThrowable(() -> trial.run("width,batch,loss\n2,16,x\n", LOSS)))
        .isInstanceOf(InvalidGridException.class);
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThere_isNamed() {
    Throwable problem =
        catchThrowable(
            () ->
                new GridImport(trial.store())
                    .run(trial.address("no.csv"), trial.address("no.yaml")));

    assertThat(problem).isInstanceOf(FileNotFoundException.class);
    assertThat(trial.plain(problem)).isEqualTo("no.yaml: no such file");
  }

  @Test
  void aDamagedImport_saysWhatToDo() throws IOException {
    trial.run("width,batch,loss\n2,16,1\n", LOSS);
    String text =
        new String(trial.store().read(ImportedStudy.NAME).orElseThrow(), StandardCharsets.UTF_8);
    trial
        .store()
        .write(
            ImportedStudy.NAME,
            text.replace("\"rows\" : 1", "\"rows\" : 2").getBytes(StandardCharsets.UTF_8));

    Throwable problem = catchThrowable(() -> ImportedStudy.find(trial.store()));

    assertThat(trial.plain(problem))
        .isEqualTo(
            "study/imported.json: damaged import (its SHA-256 is not the one that it names);"
                + " 'terrain import' of the same grid writes it anew");
  }
}
