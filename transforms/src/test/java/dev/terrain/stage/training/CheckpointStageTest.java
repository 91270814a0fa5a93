package dev.terrain.stage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.stage.TinyStudy;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointStageTest {
  @TempDir private Path folder;
  private TinyStudy study;
  private ModelRef model;

  @BeforeEach
  void trainAModel() throws IOException {
    study = new TinyStudy(folder);
    model = trained(TinyStudy.spec().build());
  }

  private ModelRef trained(ModelSpec spec) throws IOException {
    study.context().ledger().record(study.train(spec));
    return TinyStudy.training(spec).getModels().get(0);
  }

  private UnitResult verify() throws IOException {
    return new CheckpointStage().compute(Units.checkpoint(model), study.context());
  }

  private void assertRefused(String... messageParts) {
    assertThatThrownBy(this::verify).hasMessageContainingAll(messageParts);
  }

  private Path file() {
    return study.checkpoint(model.getModelId());
  }

  /** What training would have left, had it given these tensors. */
  private void storeAsTrained(List<Tensor> tensors) throws IOException {
    String sha256 =
        study.context().checkpoints().save(model.getSpec(), model.getModelId(), tensors);
    changeRow(row -> row.setCheckpointSha256(sha256));
  }

  private void changeRow(Consumer<Model.Builder> change) throws IOException {
    UnitResult recorded =
        study.context().ledger().find(TrainStage.NAME, model.getKey()).orElseThrow();
    Model.Builder row = Model.newBuilder(recorded.getModels().get(0));
    change.accept(row);
    study.context().ledger().forget(TrainStage.NAME, model.getKey());
    study
        .context()
        .ledger()
        .record(UnitResult.newBuilder(recorded).setModels(List.of(row.build())).build());
  }

  private List<Tensor> tensorsWithFirst(Tensor first) throws IOException {
    List<Tensor> tensors = new ArrayList<>(study.tensors(model));
    tensors.set(0, first);
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void soundWeights_areRecordedWithoutRows(String architecture) throws IOException {
    model = trained(TinyStudy.spec().setArchitecture(architecture).setWidth(2).build());
    UnitResult result = verify();
    assertThat(result.getStage()).isEqualTo("checkpoint");
    assertThat(result.getKey()).isEqualTo(Units.checkpoint(model).getKey());
    assertThat(result.getModels()).isEmpty();
    assertThat(result.getMeasurements()).isEmpty();
    assertThat(result.getDataSha256()).isEqualTo(CellData.sha256(model.getSpec(), null));
  }

  @Test
  void key_isThatOfTheTraining() throws IOException {
    Unit unit = Units.checkpoint(model);
    ModelRef onOtherData = ModelRef.newBuilder(model).setKey("ab".repeat(32)).build();
    assertThat(unit.getKey()).isEqualTo(Units.checkpoint(model).getKey());
    assertThat(unit.getKey()).isNotEqualTo(Units.checkpoint(onOtherData).getKey());
    assertThat(unit.getModels()).containsExactly(model);
  }

  @Test
  void damagedFile_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 3] ^= 1;
    Files.write(file(), bytes);
    assertRefused(file().toString(), "damaged");
  }

  @Test
  void truncatedFile_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length - 40));
    assertRefused(file().toString());
  }

  @Test
  void missingFile_isRefused() throws IOException {
    Files.delete(file());
    assertRefused(file().toString(), "no such checkpoint");
  }

  @Test
  void fileOfAnotherModel_isRefused() throws IOException {
    ModelRef other = trained(TinyStudy.spec().setSeed(1).build());
    Files.write(file(), Files.readAllBytes(study.checkpoint(other.getModelId())));
    assertRefused(file().toString(), "holds model " + other.getModelId());
  }

  @Test
  void weightsOfAnotherModelUnderThisOnesName_areRefused() throws IOException {
    ModelRef other = trained(TinyStudy.spec().setSeed(1).build());
    study.context().checkpoints().save(model.getSpec(), model.getModelId(), study.tensors(other));
    assertRefused(file().toString(), "the weights of another training");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void numbersThatAreNotFinite_areRefusedThoughTheirHashIsTheRecordedOne(float number)
      throws IOException {
    Tensor first = study.tensors(model).get(0);
    float[] values = first.values().clone();
    values[7] = number;
    values[9] = number;
    storeAsTrained(tensorsWithFirst(new Tensor(first.name(), first.shape(), values)));
    assertRefused(file().toString(), "2 of its numbers are not finite");
  }

  @Test
  void tensorOfAnotherShape_isRefusedThoughItsHashIsTheRecordedOne() throws IOException {
    Tensor first = study.tensors(model).get(0);
    int[] turned = {first.shape()[1], first.shape()[0]};
    storeAsTrained(tensorsWithFirst(new Tensor(first.name(), turned, first.values())));
    assertRefused(first.name(), "must have shape [3, 64]", "found: [64, 3]");
  }

  @Test
  void missingTensor_isRefusedThoughTheHashIsTheRecordedOne() throws IOException {
    List<Tensor> tensors = new ArrayList<>(study.tensors(model));
    Tensor last = tensors.remove(tensors.size() - 1);
    storeAsTrained(tensors);
    assertRefused("tensor " + last.name() + " must have shape", "found: nothing");
  }

  @Test
  void tensorOfAnotherName_isRefusedThoughItsHashIsTheRecordedOne() throws IOException {
    List<Tensor> tensors = new ArrayList<>(study.tensors(model));
    tensors.add(new Tensor("fc9.bias", new int[] {1}, new float[1]));
    storeAsTrained(tensors);
    assertRefused("has tensors that its network has not: fc9.bias");
  }

  @Test
  void weightsOfAnotherLoss_areRefusedThoughTheirHashIsTheRecordedOne() throws IOException {
    Tensor first = study.tensors(model).get(0);
    float[] values = first.values().clone();
    values[20] += 0.01f;
    storeAsTrained(tensorsWithFirst(new Tensor(first.name(), first.shape(), values)));
    assertRefused(file().toString(), "training loss", "the training recorded");
  }

  @Test
  void lossOfTheSameKernels_mustBeTheRecordedOneToTheBit() throws IOException {
    changeRow(row -> row.setTrainLoss(Math.nextUp(row.getTrainLoss())));
    assertRefused("training loss");
  }

  @Test
  void lossOfOtherKernels_mayDifferByRoundings() throws IOException {
    changeRow(row -> row.setProcessor("another").setTrainLoss(row.getTrainLoss() * (1 + 1e-5)));
    assertThat(verify().getStage()).isEqualTo("checkpoint");
    changeRow(row -> row.setTrainLoss(row.getTrainLoss() * (1 + 1e-3)));
    assertRefused("training loss");
  }

  @Test
  void weightsWithoutARecordedTraining_areRefused() throws IOException {
    study.context().ledger().forget(TrainStage.NAME, model.getKey());
    assertRefused(file().toString(), "the ledger has no training");
  }
}
