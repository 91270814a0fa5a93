package dev.terrain.imports;

import static dev.terrain.imports.TrialImport.AXES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.study.ImportedStudy;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids of one row a run, or one a run and epoch. */
class RunImportTest {
  private static final String RUNS =
      AXES
          + """
          row: run
          run: [seed]
          metrics:
            train_loss: {column: loss}
            test_accuracy: {column: acc, unit: percent}
          missing: [""]
          """;

  private static final String EPOCHS =
      AXES
          + """
          row: epoch
          run: [seed]
          epoch: epoch
          metrics:
            train_loss: {column: loss}
          """;

  @TempDir private Path folder;
  private TrialImport trial;

  @BeforeEach
  void setUp() {
    trial = new TrialImport(folder);
  }

  @Test
  void runsAreAveraged_andKeptAsMeasurements() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,seed,loss,acc\n2,16,0,1,50\n2,16,1,2,54\n2,16,2,3,\n4,16,0,5,60\n", RUNS);

    CellMetric accuracy = trial.metric(2, "test_accuracy", "default");
    assertThat(summary.runs()).isEqualTo(4);
    assertThat(summary.cells()).isEqualTo(2);
    assertThat(trial.cell(2).getNModels()).isEqualTo(3);
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(2);
    assertThat(trial.cell(2).getTrainLossStd()).isEqualTo(1);
    assertThat(accuracy.getN()).isEqualTo(2);
    assertThat(accuracy.getNWithoutValue()).isEqualTo(1);
    assertThat(accuracy.getMean()).isEqualTo(52);
    assertThat(accuracy.getStd()).isCloseTo(Math.sqrt(8), within(1e-12));
    assertThat(accuracy.getStdError()).isCloseTo(2, within(1e-12));
    assertThat(trial.metric(4, "train_loss", "default").getReason())
        .isEqualTo("a single value has no standard deviation");
    assertThat(trial.measurements()).hasSize(8);
    assertThat(trial.measurements().stream().map(Measurement::getModelId).distinct()).hasSize(4);
  }

  @Test
  void theMeasurementOfARunSaysWhereAValueIsMissing() throws IOException {
    trial.run("width,batch,seed,loss,acc\n2,16,0,1,50\n2,16,1,2,\n", RUNS);

    Measurement missing =
        trial.measurements().stream()
            .filter(row -> row.getStatus() != MeasurementStatus.OK)
            .findFirst()
            .orElseThrow();
    assertThat(missing.getSubject()).isEqualTo(Subject.MODEL);
    assertThat(missing.getStatus()).isEqualTo(MeasurementStatus.UNDEFINED);
    assertThat(missing.getValue()).isNull();
    assertThat(missing.getReason()).isEqualTo("missing in line 3 of the grid");
  }

  @Test
  void theNumberOfRunsIsThatOfTheSeeds() throws IOException {
    trial.run("width,batch,seed,loss,acc\n2,16,7,1,50\n2,16,9,2,50\n4,16,7,1,60\n", RUNS);

    assertThat(ImportedStudy.find(trial.store()).orElseThrow().sweep().getSeeds())
        .containsExactly(1L, 2L);
  }

  @Test
  void theLastEpochOfEachRunIsKept_inWhateverOrderTheyCome() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,seed,epoch,loss\n2,16,0,2,5\n2,16,0,10,1\n2,16,0,9,7\n2,16,1,3,3\n",
            EPOCHS);

    assertThat(summary.rows()).isEqualTo(4);
    assertThat(summary.runs()).isEqualTo(2);
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(2);
    assertThat(summary.notes()).contains("of each run the row of the last epoch is kept");
  }

  @Test
  void theBestEpochOfEachRunIsKept() throws IOException {
    String grid =
        """
        width,batch,seed,epoch,loss,acc
        2,16,0,1,5,.3
        2,16,0,2,1,.9
        2,16,0,3,7,.2
        2,16,0,4,8,
        """;

    ImportSummary lowest = trial.run(grid, EPOCHS + "keep: {lowest: loss}\n");
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(1);
    assertThat(lowest.notes()).contains("of each run the row of the lowest loss is kept");

    trial.run(grid.replace(".9", ".1"), EPOCHS + "keep: {highest: acc}\n");
    assertThat(trial.cell(2).getTrainLossMean()).isEqualTo(5);
  }

  @Test
  void aValueThatIsRepeatedForAllRunsOfACellCountsOnce() throws IOException {
    ImportSummary summary =
        trial.run(
            "width,batch,seed,loss,mc\n2,16,0,1,-5\n2,16,1,2,-5\n4,16,0,3,-6\n4,16,1,4,-6\n",
            AXES
                + """
                row: run
                run: seed
                metrics:
                  train_loss: {column: loss}
                  mode_connectivity: {column: mc, unit: percent, variant: default}
                """);

    CellMetric connectivity = trial.metric(2, "mode_connectivity", "default");
    assertThat(connectivity.getN()).isEqualTo(1);
    assertThat(connectivity.getStd()).isNull();
    assertThat(connectivity.getReason()).isEqualTo("measured once, repeated in each run's row");
    assertThat(trial.cell(2).getNPairs()).isEqualTo(1);
    assertThat(trial.metric(2, "train_loss", "default").getN()).isEqualTo(2);
    assertThat(summary.notes())
        .contains(
            "mode_connectivity: column mc has one value for all runs of a cell; it is counted"
                + " once");
  }

  @Test
  void theMappingOfTheModelZooReadsTablesOfItsForm() throws IOException {
    StringBuilder grid =
        new StringBuilder(
            "model,trial_id,width,seed,lr,wd,batchsize,init_type,epoch,train_loss,train_acc,test_loss,test_acc,representation_similarity,curve_mc_train_error,curve_mc_test_error,log_hessian_trace_train,log_hessian_top_ev_val\n");
    for (int width = 2; width <= 8; width *= 2) {
      for (int seed = 0; seed < 3; seed++) {
        for (int epoch = 0; epoch <= 2; epoch++) {
          grid.append(
              "\"NN_width=%d,seed=%d,batch=16\",t%d,%d,%d,0.1,0.0005,16,kaiming,%d,%s,%s,0.7,0.8,%s\n"
                  .formatted(
                      width,
                      seed,
                      seed,
                      width,
                      seed,
                      epoch,
                      epoch == 2 && width > 2 ? "0.00" + (seed + 1) : "1." + seed,
                      epoch == 2 ? "0.999" : "0.3",
                      epoch == 2
                          ? (width > 2 ? "0.95,-0.3,9.1,5.15,7.13" : "0.4,-10.1,9.2,,10.7")
                          : ",,,,"));
        }
      }
    }
    trial.run(grid.toString(), Files.readString(Path.of("../examples/import/model-zoo.yaml")));

    assertThat(trial.cell(2).getPhase()).isEqualTo("I");
    assertThat(trial.cell(8).getPhase()).isEqualTo("IV-B");
    assertThat(trial.cell(8).getTrainLossMean()).isCloseTo(0.002, within(1e-15));
    assertThat(trial.cell(8).getTrainAccuracyMean()).isCloseTo(99.9, within(1e-12));
    assertThat(trial.cell(8).getHessianTraceMean()).isCloseTo(Math.exp(5.15), within(1e-9));
    assertThat(trial.cell(2).getHessianTraceMean()).isNull();
    assertThat(trial.cell(8).getHessianTopEigenvalueMean()).isNull();
    assertThat(trial.metric(8, "hessian_top_eigenvalue", "validation split").getMean())
        .isCloseTo(Math.exp(7.13), within(1e-9));
    assertThat(trial.metric(8, "mode_connectivity", "test split").getMean()).isEqualTo(9.1);
  }

  @Test
  void aTableOfManyRowsIsReadInOneGo() {
    StringBuilder grid = new StringBuilder("width,batch,seed,epoch,loss\n");
    for (int row = 0; row < 200_000; row++) {
      grid.append(1 + row % 20).append(",16,").append(row / 20 % 10).append(',');
      grid.append(row / 200).append(',').append(row % 97).append('\n');
    }

    ImportSummary summary = trial.run(grid.toString(), EPOCHS);

    assertThat(summary.rows()).isEqualTo(200_000);
    assertThat(summary.cells()).isEqualTo(20);
    assertThat(summary.runs()).isEqualTo(200);
  }
}
