package dev.terrain.imports;

import static dev.terrain.imports.TrialImport.AXES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.study.ImportedStudy;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids of one row a cell: units, logarithms, errors, splits, gaps, and forms of CSV. */
class CellImportTest {
  private static final String LOSS = AXES + "metrics:\n  train_loss: {column: loss}\n";

  @TempDir private Path folder;
  private TrialImport trial;

  @BeforeEach
  void setUp() {
    trial = new TrialImport(folder);
  }

  @Test
  void fractionsBecomePercent_andItIsStated() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,acc,err,mc\n2,16,0.5,0.25,-0.12\n4,16,0.875,0.125,0\n",
            AXES
                + """
                metrics:
                  test_accuracy: {column: acc, unit: fraction}
                  train_accuracy: {column: err, unit: fraction_error}
                  mode_connectivity: {column: mc, unit: fraction, variant: paper}
                """);

    assertThat(trial.cell(4).getTestAccuracyMean()).isEqualTo(87.5);
    assertThat(trial.cell(4).getTrainAccuracyMean()).isEqualTo(87.5);
    assertThat(trial.cell(2).getModeConnectivityMean()).isEqualTo(-12);
    assertThat(summary.conversions())
        .containsExactly(
            "test_accuracy: column acc holds fractions; multiplied by 100 into percent",
            "train_accuracy: column err holds errors as fractions; multiplied by 100 and taken from"
                + " 100",
            "mode_connectivity: column mc holds fractions; multiplied by 100 into percent");
  }

  @Test
  void decimalLogarithmsBitsAndFactors() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,trace,loss,barrier\n2,16,2,1,0.5\n4,16,-1,2,0.5\n",
            AXES
                + """
                metrics:
                  hessian_trace: {column: trace, scale: log10, variant: paper}
                  train_loss: {column: loss, unit: bits}
                  mode_connectivity: {column: barrier, unit: percent, times: -3, variant: paper}
                """);

    assertThat(trial.cell(2).getHessianTraceMean()).isCloseTo(100, within(1e-12));
    assertThat(trial.cell(4).getHessianTraceMean()).isCloseTo(0.1, within(1e-15));
    assertThat(trial.cell(4).getTrainLossMean()).isCloseTo(2 * 0.6931471805599453, within(1e-15));
    assertThat(trial.cell(2).getModeConnectivityMean()).isEqualTo(-1.5);
    assertThat(summary.conversions())
        .containsExactly(
            "hessian_trace: column trace holds decimal logarithms; undone by 10^x",
            "train_loss: column loss is in bits; multiplied by ln 2 = 0.6931 into nats",
            "mode_connectivity: column barrier is multiplied by -3");
  }

  @Test
  void deviationsAndCountsAreKept() throws IOException {
    trial.run(
        "width,batch,acc,acc_std,runs,cka\n2,16,0.5,0.02,4,0.5\n4,16,0.6,0.02,1,0.5\n",
        AXES
            + """
            metrics:
              test_accuracy: {column: acc, unit: fraction, std: acc_std, n: runs}
              cka: {column: cka, variant: paper, n: 6}
            """);
    CellMetric accuracy = trial.metric(2, "test_accuracy", "default");

    assertThat(accuracy.getN()).isEqualTo(4);
    assertThat(accuracy.getStd()).isCloseTo(2.0, within(1e-12));
    assertThat(accuracy.getStdError()).isCloseTo(1.0, within(1e-12));
    assertThat(accuracy.getSeedError()).isCloseTo(1.0, within(1e-12));
    assertThat(accuracy.getNModels()).isEqualTo(4);
    assertThat(accuracy.getReason()).isNull();
    assertThat(trial.cell(2).getNModels()).isEqualTo(4);
    assertThat(trial.cell(2).getTestAccuracyStd()).isCloseTo(2.0, within(1e-12));
    assertThat(trial.cell(2).getNCka()).isEqualTo(6);
    assertThat(trial.metric(4, "test_accuracy", "default").getStd()).isNull();
    assertThat(trial.metric(4, "test_accuracy", "default").getReason())
        .isEqualTo("the grid gives no standard deviation of it");
  }

  @Test
  void aMetricOfAnotherSplitIsNamed_andNotCompared() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,loss,mc\n2,16,0.001,-5\n4,16,0.001,3\n",
            AXES
                + """
                metrics:
                  train_loss: {column: loss}
                  mode_connectivity: {column: mc, unit: percent, split: test, variant: paper}
                """);

    assertThat(trial.cell(2).getModeConnectivityMean()).isNull();
    assertThat(trial.cell(2).getPhase()).isNull();
    assertThat(trial.cell(2).getPhaseReason())
        .isEqualTo("train_loss 0.001 < 0.01; mode_connectivity is missing");
    assertThat(trial.metric(2, "mode_connectivity", "test split").getMean()).isEqualTo(-5);
    assertThat(summary.phases()).containsOnlyKeys("none");
    assertThat(summary.notes())
        .contains(
            "mode_connectivity: column mc was measured on the test split, our definition on the"
                + " train split; imported as the variant 'test split', which is compared with"
                + " nothing",
            "no column is mode_connectivity as we define it: no cell has a phase",
            "no column is cka (variant paper): converged, connected cells have no phase, as IV-A"
                + " and IV-B cannot be told apart");
  }

  @Test
  void asTakesAnotherSplitAllTheSame_andSaysSo() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,loss,mc,cka\n2,16,0.001,0,0.9\n4,16,0.001,0,0.1\n",
            AXES
                + """
                metrics:
                  train_loss: {column: loss}
                  mode_connectivity: {column: mc, unit: percent, variant: paper}
                  cka: {column: cka, split: test, as: paper}
                """);

    assertThat(trial.cell(2).getPhase()).isEqualTo("IV-B");
    assertThat(trial.cell(4).getPhase()).isEqualTo("IV-A");
    assertThat(summary.notes())
        .contains(
            "cka: column cka was measured on the test split, our definition on the train split; the"
                + " mapping takes it for the variant 'paper' all the same, so compare it within"
                + " this grid alone");
  }

  @Test
  void missingValuesLeaveGaps_andAreCounted() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,loss\n2,16,NA\n4,16,\n8,16,0.5\n",
            LOSS + "missing: [\"\", NA]\nruns_per_cell: 3\n");

    assertThat(trial.cells()).hasSize(3);
    assertThat(trial.cell(2).getTrainLossMean()).isNull();
    assertThat(trial.cell(2).getNTrainLoss()).isZero();
    CellMetric row = trial.metric(2, "train_loss", "default");
    assertThat(row.getN()).isZero();
    assertThat(row.getNWithoutValue()).isEqualTo(3);
    assertThat(row.getReason()).isEqualTo("missing in line 2 of the grid");
    assertThat(summary.notes()).contains("train_loss: no value in 2 of 3 rows (column loss)");
  }

  @Test
  void theThresholdsOfTheMappingDecide() throws IOException {
    trial.run(
        "width,batch,loss,mc\n2,16,0.05,-3\n4,16,0.05,3\n",
        AXES
            + """
            metrics:
              train_loss: {column: loss}
              mode_connectivity: {column: mc, unit: percent, variant: paper}
            taxonomy: {converged_train_loss: 0.1, connected_mode_connectivity: 2.5}
            """);

    assertThat(trial.cell(2).getPhase()).isEqualTo("III");
    assertThat(ImportedStudy.find(trial.store()).orElseThrow().taxonomy().getConvergedTrainLoss())
        .isEqualTo(0.1);
  }

  @Test
  void whereKeepsRowsWhoseColumnHasTheText() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,split,epoch,loss\n2,16,train,10,1\n2,16,test,10,2\n2,16,train,20.0,3\n",
            LOSS + "where: {split: train, epoch: 20}\n");

    assertThat(summary.rows()).isEqualTo(1);
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(3);
  }

  @Test
  void furtherAxesMakeDiagrams_exactlyMultiplied_orOfTexts() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,tenths,data,loss\n2,16,3,svhn,1\n2,16,10,svhn,2\n2,16,3,cifar10,3\n",
            """
            axes:
              load: {setting: width, column: width, rises: false}
              temperature: {setting: batch_size, column: batch, rises: false}
              other:
                - {setting: data_fraction, column: tenths, times: 0.1}
                - {setting: images, column: data, text: true}
            metrics: {train_loss: {column: loss}}
            """);

    assertThat(summary.diagrams()).isEqualTo(3);
    assertThat(trial.cells())
        .extracting(Cell::getSlice)
        .containsExactly(
            "data_fraction=0.3, images=cifar10",
            "data_fraction=0.3, images=svhn",
            "data_fraction=1, images=svhn");
    assertThat(ImportedStudy.find(trial.store()).orElseThrow().otherAxes().toString())
        .contains("[\"0.3\", \"1\"]", "[\"\\\"svhn\\\"\", \"\\\"cifar10\\\"\"]");
  }

  @Test
  void byteOrderMark_lineEndsOfWindows_quotes_andSemicolons() throws IOException {
    ImportSummary summary =
        trial.run(
            "\uFEFFwidth;\"batch\";loss;\"what; why\"\r\n2;16;\"0.5\";\"a \"\"b\"\"; c\"\r\n\r\n 4 ; 16;1;\r\n"
                .getBytes(StandardCharsets.UTF_8),
            LOSS + "separator: \";\"\nignore: [\"what; why\"]\n");

    assertThat(summary.cells()).isEqualTo(2);
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(0.5);
    assertThat(trial.cell(4).getTrainLossMean()).isEqualTo(1);
  }

  @Test
  void oneRowOrColumnIsImportedWithANotice() {
    ImportSummary summary = trial.run("width,batch,loss,extra\n2,16,1,9\n4,16,2,9\n", LOSS);

    assertThat(summary.notes())
        .containsExactly(
            "the mapping does not say of how many runs a row is the mean (runs_per_cell), so each"
                + " value counts as one: train_loss",
            "no column is mode_connectivity as we define it: no cell has a phase",
            "no column is cka (variant paper): converged, connected cells have no phase, as IV-A"
                + " and IV-B cannot be told apart",
            "the temperature axis has a single value (batch_size 16): nothing can be said along it",
            "columns that the mapping does not name: extra");
  }

  @Test
  void aSettingThatSweepsDoNotHaveIsImportedWithANotice() {
    ImportSummary summary =
        trial.run(
            "width,batch,loss\n2,16,1\n4,32,2\n",
            LOSS.replace("setting: width", "setting: embedding_dimension"));

    assertThat(summary.notes())
        .contains(
            "embedding_dimension, the load axis, is no setting of sweeps here: its cells cannot be"
                + " trained here");
  }

  @Test
  void anotherImportTakesThePlaceOfTheFirst() throws IOException {
    trial.run("width,batch,loss\n2,16,1\n4,16,2\n", LOSS);

    trial.run("width,batch,loss\n8,16,3\n", LOSS + "name: second\n");

    assertThat(trial.cells()).extracting(Cell::getLoadValue).containsExactly(8.0);
    assertThat(trial.cells()).extracting(Cell::getSweep).containsExactly("second");
    assertThat(ImportedStudy.find(trial.store()).orElseThrow().name()).isEqualTo("second");
  }

  @Test
  void theSameCellHasTheSameIdInAnotherImport() throws IOException {
    trial.run("width,batch,loss\n2,16,1\n", LOSS);
    String first = trial.cell(2).getCellId();

    trial.run("width,batch,loss\n2.0,16,7\n", LOSS + "name: another\n");

    assertThat(trial.cell(2).getCellId()).isEqualTo(first);
  }
}
