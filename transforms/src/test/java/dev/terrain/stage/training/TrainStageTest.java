package dev.terrain.stage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.InvalidDataException;
import dev.terrain.data.LabelledImages;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.TinyStudy;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.StopReason;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Safetensors;
import dev.terrain.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainStageTest {
  /** Weight decay this strong multiplies the weights by about a million each step. */
  private static final ModelSpec.Builder EXPLOSIVE =
      TinyStudy.spec().setLearningRate(1000).setWeightDecay(1000);

  @TempDir private Path folder;
  private TinyStudy study;

  @BeforeEach
  void openStudy() {
    study = new TinyStudy(folder);
  }

  @Test
  void row_describesTheTraining() throws IOException {
    ModelSpec spec = TinyStudy.spec().build();
    Unit unit = TinyStudy.training(spec);
    UnitResult result = study.train(spec);
    Model row = result.getModels().get(0);
    assertThat(result.getModels()).hasSize(1);
    assertThat(row.getModelId()).isEqualTo(unit.getModels().get(0).getModelId());
    assertThat(row.getCellId()).isEqualTo(unit.getCellId());
    assertThat(row.getKey()).isEqualTo(result.getKey()).isEqualTo(unit.getKey());
    for (Schema.Field setting : spec.getSchema().getFields()) {
      assertThat(row.get(setting.name())).as(setting.name()).isEqualTo(spec.get(setting.pos()));
    }
    assertThat(row.getStatus()).isEqualTo(ModelStatus.TRAINED);
    assertThat(row.getStopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(row.getNParameters()).isEqualTo(64 * 3 + 3 + 3 * 10 + 10);
    assertThat(row.getNTrainExamples()).isEqualTo(TinyStudy.TRAINING_IMAGES);
    assertThat(row.getEpochsRun()).isEqualTo(2);
    assertThat(row.getNSteps()).isEqualTo(2 * (143 / 32));
    assertThat(row.getHistoryTrainLoss())
        .hasSize(2)
        .endsWith(row.getFinalRunningTrainLoss())
        .contains(row.getBestRunningTrainLoss());
    assertThat(row.getHistoryTrainAccuracy()).hasSize(2).allMatch(value -> value > 0);
    assertThat(row.getHistoryLearningRate()).containsExactly(0.05, 0.05);
    assertThat(row.getEngine()).startsWith("PyTorch ");
  }

  @Test
  void losses_areThoseOfTheStoredWeights() throws IOException {
    ModelSpec spec = TinyStudy.spec().build();
    UnitResult result = study.train(spec);
    Model row = result.getModels().get(0);
    Path file = folder.resolve(row.getCheckpointUri());
    TensorFile stored = Safetensors.decode(Files.readAllBytes(file), file.toString());
    assertThat(row.getCheckpointSha256()).isEqualTo(stored.dataSha256());

    PlainMlp mlp = new PlainMlp(stored.tensors());
    CellData data = CellData.of(spec, null);
    assertEvaluated(result, "train", mlp, data.training(), TinyStudy.TRAINING_IMAGES);
    assertEvaluated(result, "test", mlp, data.test(), TinyStudy.TEST_IMAGES);
    assertThat(result.getMeasurements()).hasSize(4);
    assertThat(row.getTrainLoss()).isEqualTo(TinyStudy.only(result, "train_loss").getValue());
    assertThat(row.getTestLoss()).isEqualTo(TinyStudy.only(result, "test_loss").getValue());
    assertThat(row.getTrainAccuracy())
        .isEqualTo(TinyStudy.only(result, "train_accuracy").getValue());
    assertThat(row.getTestAccuracy()).isEqualTo(TinyStudy.only(result, "test_accuracy").getValue());
  }

  private static void assertEvaluated(
      UnitResult result, String split, PlainMlp mlp, LabelledImages images, int count) {
    double[] losses = mlp.losses(images);
    double mean = Arrays.stream(losses).average().orElseThrow();
    double variance =
        Arrays.stream(losses).map(value -> (value - mean) * (value - mean)).sum() / (count - 1);
    Measurement loss = TinyStudy.only(result, split + "_loss");
    assertThat(loss.getValue()).isCloseTo(mean, within(1e-5));
    assertThat(loss.getDataStdError()).isCloseTo(Math.sqrt(variance / count), within(1e-5));
    assertThat(loss.getUnit()).isEqualTo("nats");

    double share = mlp.accuracy(images) / 100;
    Measurement accuracy = TinyStudy.only(result, split + "_accuracy");
    assertThat(accuracy.getValue()).isCloseTo(100 * share, within(1e-9));
    assertThat(accuracy.getDataStdError())
        .isCloseTo(100 * Math.sqrt(share * (1 - share) / count), within(1e-9));
    assertThat(accuracy.getUnit()).isEqualTo("percent");
    for (Measurement row : new Measurement[] {loss, accuracy}) {
      assertThat(row.getSubject()).isEqualTo(Subject.MODEL);
      assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
      assertThat(row.getVariant()).isEqualTo("default");
      assertThat(row.getNExamples()).isEqualTo(count);
      assertThat(row.getModelId()).isEqualTo(result.getModels().get(0).getModelId());
    }
  }

  @Test
  void seed_makesAnotherModelOfTheSameCell() throws IOException {
    Model first = study.train(TinyStudy.spec().setSeed(0).build()).getModels().get(0);
    Model second = study.train(TinyStudy.spec().setSeed(1).build()).getModels().get(0);
    assertThat(second.getCellId()).isEqualTo(first.getCellId());
    assertThat(second.getModelId()).isNotEqualTo(first.getModelId());
    assertThat(second.getCheckpointSha256()).isNotEqualTo(first.getCheckpointSha256());
  }

  @ParameterizedTest
  @CsvSource({"mlp, 1", "mlp, 4", "mlp, 6", "cnn, 5"})
  void interruptedTraining_endsWithTheSameFile(
      String architecture, int killAfter, @TempDir Path other) throws IOException {
    ModelSpec spec = TinyStudy.spec().setArchitecture(architecture).setWidth(2).build();
    Unit unit = TinyStudy.training(spec);
    String modelId = unit.getModels().get(0).getModelId();
    UnitResult expected = new TinyStudy(other).train(spec);

    TrainStage stage = new TrainStage();
    assertThatThrownBy(() -> stage.compute(unit, study.context(new StepCounter(killAfter))))
        .isInstanceOf(Killed.class);
    Path progress = folder.resolve(Checkpoints.progressName(modelId));
    assertThat(progress).exists();
    assertThat(study.checkpoint(modelId)).doesNotExist();

    StepCounter counter = new StepCounter(Integer.MAX_VALUE);
    UnitResult resumed = stage.compute(unit, study.context(counter));
    assertThat(counter.steps).isEqualTo(8 - killAfter);
    assertThat(study.checkpoint(modelId))
        .hasSameBinaryContentAs(other.resolve(Checkpoints.name(modelId)));
    assertThat(resumed.getMeasurements().stream().map(TrainStageTest::estimate))
        .containsExactlyElementsOf(
            expected.getMeasurements().stream().map(TrainStageTest::estimate).toList());

    stage.recorded(unit, study.context());
    assertThat(progress).doesNotExist();
  }

  private static List<Object> estimate(Measurement row) {
    return List.of(row.getMetric(), row.getValue(), row.getDataStdError());
  }

  @Test
  void divergingTraining_isRecordedWithoutValues() throws IOException {
    UnitResult result = study.train(ModelSpec.newBuilder(EXPLOSIVE).setEpochs(5).build());
    assertDiverged(result, "training diverged in epoch 2");
    assertThat(result.getModels().get(0).getEpochsRun()).isEqualTo(1);
    assertThat(result.getModels().get(0).getHistoryTrainLoss()).hasSize(1);
  }

  @Test
  void trainingThatDivergesInItsLastStep_isRecordedWithoutValues() throws IOException {
    UnitResult result = study.train(ModelSpec.newBuilder(EXPLOSIVE).setEpochs(1).build());
    assertDiverged(result, "training diverged: the loss of the trained weights is not finite");
  }

  private void assertDiverged(UnitResult result, String reason) {
    Model row = result.getModels().get(0);
    assertThat(row.getStatus()).isEqualTo(ModelStatus.DIVERGED);
    assertThat(row.getStopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(row.getMeasuredEpoch()).isNull();
    assertThat(row.getTrainLoss()).isNull();
    assertThat(row.getCheckpointUri()).isNull();
    assertThat(row.getCheckpointSha256()).isNull();
    assertThat(study.checkpoint(row.getModelId())).doesNotExist();
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric)
        .containsExactly("train_loss", "train_accuracy", "test_loss", "test_accuracy");
    assertThat(result.getMeasurements())
        .allSatisfy(
            measurement -> {
              assertThat(measurement.getStatus()).isEqualTo(MeasurementStatus.UNDEFINED);
              assertThat(measurement.getReason()).isEqualTo(reason);
              assertThat(measurement.getValue()).isNull();
              assertThat(measurement.getDataStdError()).isNull();
            });
  }

  @Test
  void singleImage_leavesTheErrorOfItsLossUnknown() throws IOException {
    UnitResult result =
        study.train(TinyStudy.spec().setDataFraction(0.0007).setBatchSize(1).build());
    Measurement loss = TinyStudy.only(result, "train_loss");
    assertThat(loss.getNExamples()).isEqualTo(1);
    assertThat(loss.getValue()).isPositive();
    assertThat(loss.getDataStdError()).isNull();
  }

  @Test
  void unknownArchitecture_isRefusedByName() {
    ModelSpec spec = TinyStudy.spec().setArchitecture("transformer").build();
    assertThatThrownBy(() -> study.train(spec)).hasMessageContaining("transformer");
  }

  @Test
  void aUnitThatIsNamedByOtherDataIsNotTrainedOnThese() {
    Unit unit = Units.train(TinyStudy.spec().build(), "ab".repeat(32));

    assertThatThrownBy(() -> new TrainStage().compute(unit, study.context()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(unit.getModels().get(0).getModelId());
  }

  /** Counts steps, and stands for a kill after so many. */
  private static final class StepCounter implements StageListener {
    private final int killAfter;
    private int steps;

    StepCounter(int killAfter) {
      this.killAfter = killAfter;
    }

    @Override
    public void onTrainingStep(int examples) {
      if (++steps == killAfter) {
        throw new Killed();
      }
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
