package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.TaxonomySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellSummaryTest {
  private static final CellIdentity CELL =
      new CellIdentity("cell", "width-batch", "width", 16, "batch_size", 128, null);
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  private final CellSummary summary = new CellSummary(TaxonomySettings.newBuilder().build());

  private Cell summarise(Measurement... rows) {
    return summary.summarise(CELL, Arrays.asList(rows), List.of(), NOW);
  }

  private static Model model(String id, ModelStatus status) {
    Model model = new Model();
    model.put(Model.getClassSchema().getField("model_id").pos(), id);
    model.put(Model.getClassSchema().getField("cell_id").pos(), "cell");
    model.put(Model.getClassSchema().getField("status").pos(), status);
    return model;
  }

  @Test
  void curvatureOfSomeParametersIsNotThatOfTheModel() {
    Measurement.Builder ofLayer =
        Rows.row("hessian_trace", "default", "a", null).setValue(7.0).setParameters("fc1");

    assertThat(summarise(ofLayer.build()).getHessianTraceMean()).isNull();
    assertThat(
            summarise(ofLayer.build(), Rows.ofModel("hessian_trace", "a", 9)).getHessianTraceMean())
        .isEqualTo(9);
  }

  @Test
  void curvatureOfTwoLosses_isThatOfTheDefault_andOfOneThatOfTheOne() {
    Measurement ofSquaredError =
        Rows.row("hessian_trace", "squared_error", "a", null).setValue(3.0).build();
    Measurement top =
        Rows.row("hessian_top_eigenvalue", "squared_error", "a", null).setValue(5.0).build();

    Cell both =
        summarise(
            ofSquaredError,
            top,
            Rows.ofModel("hessian_trace", "a", 9),
            Rows.ofModel("hessian_top_eigenvalue", "a", 8));
    assertThat(both.getHessianTraceMean()).isEqualTo(9);
    assertThat(both.getNHessianTrace()).isEqualTo(1);
    assertThat(both.getHessianTopEigenvalueMean()).isEqualTo(8);
    assertThat(summarise(ofSquaredError, top).getHessianTraceMean()).isEqualTo(3);
  }

  @Test
  void carriesTheCellsIdentity() {
    Cell cell = summarise();

    assertThat(cell.getCellId()).isEqualTo("cell");
    assertThat(cell.getSweep()).isEqualTo("width-batch");
    assertThat(cell.getLoadSetting()).isEqualTo("width");
    assertThat(cell.getLoadValue()).isEqualTo(16);
    assertThat(cell.getTemperatureSetting()).isEqualTo("batch_size");
    assertThat(cell.getTemperatureValue()).isEqualTo(128);
    assertThat(cell.getSlice()).isNull();
    assertThat(cell.getRevision()).isZero();
    assertThat(cell.getComputedAt()).isEqualTo(NOW);
  }

  @Test
  void givesMeanAndDeviationOfEveryHeadlineMetric() {
    List<String> modelMetrics =
        List.of(
            "train_loss",
            "train_accuracy",
            "test_loss",
            "test_accuracy",
            "hessian_top_eigenvalue",
            "hessian_trace");
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < modelMetrics.size(); i++) {
      rows.add(Rows.ofModel(modelMetrics.get(i), "a", 10 * i + 1));
      rows.add(Rows.ofModel(modelMetrics.get(i), "b", 10 * i + 2));
      rows.add(Rows.ofModel(modelMetrics.get(i), "c", 10 * i + 6));
    }
    rows.add(Rows.ofPair("mode_connectivity", "default", "a", "b", 61));
    rows.add(Rows.ofPair("mode_connectivity", "default", "b", "c", 63));
    rows.add(Rows.ofPair("linear_barrier", "frankle", "a", "b", 71));
    rows.add(Rows.ofPair("linear_barrier", "entezari", "a", "b", 1000));
    rows.add(Rows.ofPair("cka", "paper", "a", "b", 0.81));
    rows.add(Rows.ofPair("cka", "debiased", "a", "b", 0.41));
    rows.add(Rows.ofPair("l2_distance", "default", "a", "b", 91));

    Cell cell = summary.summarise(CELL, rows, List.of(), NOW);

    // 1, 2, 6: mean 3, variance (4 + 1 + 9) / 2.
    assertThat(
            new Double[] {
              cell.getTrainLossMean(),
              cell.getTrainAccuracyMean(),
              cell.getTestLossMean(),
              cell.getTestAccuracyMean(),
              cell.getHessianTopEigenvalueMean(),
              cell.getHessianTraceMean()
            })
        .containsExactly(3.0, 13.0, 23.0, 33.0, 43.0, 53.0);
    assertThat(
            new Double[] {
              cell.getTrainLossStd(),
              cell.getTrainAccuracyStd(),
              cell.getTestLossStd(),
              cell.getTestAccuracyStd(),
              cell.getHessianTopEigenvalueStd(),
              cell.getHessianTraceStd()
            })
        .containsOnly(Math.sqrt(7));
    assertThat(cell.getNPairs()).isEqualTo(2);
    assertThat(cell.getModeConnectivityMean()).isEqualTo(62);
    assertThat(cell.getModeConnectivityStd()).isCloseTo(Math.sqrt(2), within(1e-14));
    assertThat(cell.getLinearBarrierMean()).isEqualTo(71);
    assertThat(cell.getLinearBarrierStd()).isNull();
    assertThat(cell.getCkaMean()).isEqualTo(0.81);
    assertThat(cell.getCkaDebiasedMean()).isEqualTo(0.41);
    assertThat(cell.getL2DistanceMean()).isEqualTo(91);
    assertThat(cell.getPhase()).isEqualTo("II");
    assertThat(cell.getPhaseReason()).isEqualTo("train_loss 3 >= 0.01; mode_connectivity 62 >= 0");
    assertThat(cell.getPhaseConfidence()).isNull();
    assertThat(cell.getPhaseConfidenceReason())
        .isEqualTo("train_loss of 3, mode_connectivity of 2: a confidence needs 3 of each");
    assertThat(
            new Integer[] {
              cell.getNTrainLoss(),
              cell.getNTrainAccuracy(),
              cell.getNTestLoss(),
              cell.getNTestAccuracy(),
              cell.getNHessianTopEigenvalue(),
              cell.getNHessianTrace()
            })
        .containsOnly(3);
    assertThat(cell.getNModeConnectivity()).isEqualTo(2);
    assertThat(
            new Integer[] {
              cell.getNLinearBarrier(),
              cell.getNCka(),
              cell.getNCkaDebiased(),
              cell.getNL2Distance()
            })
        .containsOnly(1);
  }

  @Test
  void aMeanOverPairsOfWhichSomeAreUndefinedSaysOfHowManyItIs() {
    List<Measurement> rows = new ArrayList<>();
    for (String model : List.of("a", "b", "c")) {
      rows.add(Rows.ofModel("train_loss", model, 0.001));
    }
    rows.add(Rows.ofPair("mode_connectivity", "default", "a", "b", 1));
    rows.add(Rows.ofPair("mode_connectivity", "default", "b", "c", 1));
    rows.add(Rows.ofPair("mode_connectivity", "default", "a", "c", 1));
    rows.add(Rows.ofPair("cka", "paper", "a", "b", 0.9));
    for (String other : List.of("a", "b")) {
      rows.add(
          Rows.row("cka", "paper", other, "c")
              .setStatus(MeasurementStatus.UNDEFINED)
              .setReason("why")
              .build());
    }

    Cell cell = summary.summarise(CELL, rows, List.of(), NOW);

    assertThat(cell.getNCka()).isEqualTo(1);
    assertThat(cell.getCkaMean()).isEqualTo(0.9);
    assertThat(cell.getPhase()).isEqualTo("IV-B");
    assertThat(cell.getPhaseReason()).endsWith("cka 0.9 >= 0.65; cka of 1 of 3 pairs");
    assertThat(cell.getPhaseConfidence()).isNull();
    assertThat(cell.getPhaseConfidenceReason()).contains("cka of 1: a confidence needs 3");
  }

  @Test
  void anEmptyCellHasNoValuesAndSaysWhy() {
    Cell cell = summarise();

    assertThat(cell.getTrainLossMean()).isNull();
    assertThat(cell.getL2DistanceStd()).isNull();
    assertThat(cell.getPhase()).isNull();
    assertThat(cell.getPhaseReason()).isEqualTo("train_loss is missing");
    assertThat(cell.getPhaseConfidence()).isNull();
  }

  @Test
  void takesEstimatesThatDidNotConvergeButNothingWithoutValue() {
    Cell cell =
        summarise(
            Rows.ofModel("hessian_trace", "a", 4),
            Rows.row("hessian_trace", "default", "b", null)
                .setValue(8.0)
                .setStatus(MeasurementStatus.NOT_CONVERGED)
                .build(),
            Rows.row("hessian_trace", "default", "c", null)
                .setStatus(MeasurementStatus.UNDEFINED)
                .setReason("why")
                .build(),
            Rows.row("hessian_trace", "default", "d", null)
                .setValue(1e9)
                .setStatus(MeasurementStatus.FAILED)
                .build());

    assertThat(cell.getHessianTraceMean()).isEqualTo(6);
    assertThat(cell.getHessianTraceStd()).isCloseTo(Math.sqrt(8), within(1e-14));
  }

  @Test
  void countsTrainedAndDivergedModels() {
    Cell cell =
        summary.summarise(
            CELL,
            List.of(),
            List.of(
                model("a", ModelStatus.TRAINED),
                model("b", ModelStatus.DIVERGED),
                model("c", ModelStatus.TRAINED)),
            NOW);

    assertThat(cell.getNModels()).isEqualTo(2);
    assertThat(cell.getNDiverged()).isEqualTo(1);
  }

  @Test
  void theOrderOfTheRowsChangesNoBitAndRepeatedRowsChangeNothing() {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(Rows.ofModel("train_loss", "model " + i, 0.001 + 0.0017 * i + 0.1 / (i + 3)));
      rows.add(
          Rows.ofPair(
              "mode_connectivity", "default", "model " + i, "model " + (i + 1), 1.0 / (i - 5.3)));
    }
    Cell expected = summary.summarise(CELL, rows, List.of(), NOW);
    rows.add(rows.get(0));

    for (int shuffle = 0; shuffle < 20; shuffle++) {
      List<Measurement> shuffled = new ArrayList<>();
      for (int i : CounterRandom.of("test", "shuffle", shuffle).permutation(rows.size())) {
        shuffled.add(rows.get(i));
      }
      assertThat(summary.summarise(CELL, shuffled, List.of(), NOW)).isEqualTo(expected);
    }
  }

  @Test
  void refusesRowsOfAnotherCell() {
    Measurement stranger =
        Measurement.newBuilder(Rows.ofModel("train_loss", "a", 1)).setCellId("other").build();

    assertThatThrownBy(() -> summarise(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a measurement of train_loss belongs to cell other, not to cell");
  }

  @Test
  void refusesToMixVariantsOfModeConnectivity() {
    assertThatThrownBy(
            () ->
                summarise(
                    Rows.ofPair("mode_connectivity", "default", "a", "b", 1),
                    Rows.ofPair("mode_connectivity", "paper", "a", "b", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mode_connectivity have the variants default, paper");
  }
}
