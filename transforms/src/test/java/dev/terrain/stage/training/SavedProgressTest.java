package dev.terrain.stage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.training.BestWeights;
import dev.terrain.training.EpochSums;
import dev.terrain.training.History;
import dev.terrain.training.TrainingState;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Progress;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class SavedProgressTest {
  private static final float[] NONE = {};

  /** Numbers that any decimal or rounded form would lose. */
  private static final TrainingState UNEVEN =
      new TrainingState(
          Map.of(
              "theta", new float[] {1 / 3f, -0f, Float.MIN_VALUE},
              "first", new float[] {Float.MAX_VALUE, -Float.MIN_NORMAL, Math.nextUp(1f)},
              "second", new float[] {5, 6, 7},
              "statistics", new float[] {0.1f}),
          new EpochSums(17, 0.1 + 0.2, 5_000_000_000L, 6_000_000_000L),
          new BestWeights(2, new float[] {1e-40f, 2, 3}, new float[] {4}),
          7_000_000_000L,
          new History(
              List.of(Math.nextUp(1.0), Double.MIN_VALUE, 1e300),
              List.of(100.0 / 3, 0.0, 100.0),
              List.of(0.05, 0.05 * 0.1, 5e-5)));

  private static final TrainingState FIRST_EPOCH =
      new TrainingState(
          Map.of("theta", new float[] {1}, "velocity", new float[] {2}, "statistics", NONE),
          new EpochSums(1, 2.5, 3, 4),
          new BestWeights(0, NONE, NONE),
          1,
          new History(List.of(), List.of(), List.of()));

  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void openStore() {
    store = ObjectStores.open(folder.toString());
  }

  private SavedProgress progress(String modelId, String key) {
    return new SavedProgress(new Checkpoints(store), modelId, key);
  }

  private static List<Object> bits(TrainingState state) {
    Map<String, Object> arrays = new TreeMap<>();
    state.arrays().forEach((name, values) -> arrays.put(name, bits(values)));
    return List.of(
        arrays,
        state.sums(),
        state.best().epoch(),
        bits(state.best().theta()),
        bits(state.best().statistics()),
        state.totalSteps(),
        state.history());
  }

  private static List<Integer> bits(float[] values) {
    FloatBuffer buffer = FloatBuffer.wrap(values);
    return Arrays.asList(new Integer[values.length]).stream()
        .map(none -> Float.floatToRawIntBits(buffer.get()))
        .toList();
  }

  @Test
  void state_returnsBitForBit() {
    progress("model", "key").save(UNEVEN);
    TrainingState loaded = progress("model", "key").load().orElseThrow();
    assertThat(bits(loaded)).isEqualTo(bits(UNEVEN));
  }

  @Test
  void stateBeforeTheFirstEpochsEnd_returnsWithEmptyBestWeights() {
    progress("model", "key").save(FIRST_EPOCH);
    TrainingState loaded = progress("model", "key").load().orElseThrow();
    assertThat(bits(loaded)).isEqualTo(bits(FIRST_EPOCH));
    assertThat(loaded.history().epochs()).isZero();
  }

  /** As version 0.1.0 left it. */
  @Test
  void stateOfTheFirstLayout_isRead() throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (String name :
        List.of("theta", "velocity", "statistics", "best_theta", "best_statistics")) {
      float[] values = {name.length()};
      tensors.add(new Tensor(name, new int[] {1}, values));
    }
    Map<String, String> numbers = new HashMap<>();
    numbers.put("key", "key");
    numbers.put("best_epoch", "1");
    numbers.put("step", "2");
    numbers.put("loss_sum", "0x1.8p1");
    numbers.put("hits", "4");
    numbers.put("seen", "5");
    numbers.put("total_steps", "6");
    numbers.put("epochs", "1");
    numbers.put("history_loss", "0x1.0p0");
    numbers.put("history_accuracy", "0x1.9p5");
    numbers.put("history_learning_rate", "0x1.0p-4");
    new Checkpoints(store).saveProgress("model", tensors, numbers);

    assertThat(bits(progress("model", "key").load().orElseThrow()))
        .isEqualTo(
            bits(
                new TrainingState(
                    Map.of(
                        "theta", new float[] {5},
                        "velocity", new float[] {8},
                        "statistics", new float[] {10}),
                    new EpochSums(2, 3, 4, 5),
                    new BestWeights(1, new float[] {10}, new float[] {15}),
                    6,
                    new History(List.of(1.0), List.of(50.0), List.of(0.0625)))));
  }

  @Test
  void laterState_replacesTheEarlier() {
    progress("model", "key").save(UNEVEN);
    progress("model", "key").save(FIRST_EPOCH);
    assertThat(bits(progress("model", "key").load().orElseThrow())).isEqualTo(bits(FIRST_EPOCH));
  }

  @Test
  void stateOfAnotherKeyOrModel_isNotUsed() {
    assertThat(progress("model", "key").load()).isEmpty();
    progress("model", "key").save(UNEVEN);
    assertThat(progress("model", "another").load()).isEmpty();
    assertThat(progress("another", "key").load()).isEmpty();
  }

  @Test
  void corruptFile_countsAsNone() throws IOException {
    progress("model", "key").save(UNEVEN);
    String name = Checkpoints.progressName("model");
    byte[] whole = store.read(name).orElseThrow();
    byte[] flipped = whole.clone();
    flipped[whole.length - 1] ^= 1;
    for (byte[] bytes : List.of(flipped, Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      store.write(name, bytes);
      assertThat(progress("model", "key").load()).isEmpty();
    }
  }

  @Test
  void stateThatLacksSomething_countsAsNone() throws IOException {
    SavedProgress progress = new SavedProgress(new Checkpoints(store), "m", "key");
    progress.save(UNEVEN);
    Progress whole = new Checkpoints(store).loadProgress("m").orElseThrow();
    List<Executable> looks = new ArrayList<>();
    for (String name : whole.metadata().keySet()) {
      Map<String, String> fewer = new HashMap<>(whole.metadata());
      fewer.remove(name);
      looks.add(() -> assertNone(progress, whole.tensors(), fewer, name));
    }
    for (String name : List.of("best_theta", "best_statistics")) {
      List<Tensor> fewer =
          whole.tensors().stream().filter(tensor -> !tensor.name().equals(name)).toList();
      looks.add(() -> assertNone(progress, fewer, whole.metadata(), name));
    }
    assertThat(looks).hasSizeGreaterThan(10);
    assertAll(looks);
  }

  private void assertNone(
      SavedProgress progress, List<Tensor> tensors, Map<String, String> numbers, String lacking)
      throws IOException {
    new Checkpoints(store).saveProgress("m", tensors, numbers);
    assertThat(progress.load()).as("without " + lacking).isEmpty();
  }
}
