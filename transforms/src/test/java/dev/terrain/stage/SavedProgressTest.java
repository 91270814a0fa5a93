package dev.terrain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.training.History;
import dev.terrain.training.TrainingState;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedProgressTest {
  private static final float[] NONE = {};

  /** Numbers that any decimal or rounded form would lose. */
  private static final TrainingState UNEVEN =
      new TrainingState(
          new float[] {1 / 3f, -0f, Float.MIN_VALUE},
          new float[] {Float.MAX_VALUE, -Float.MIN_NORMAL, Math.nextUp(1f)},
          new float[] {0.1f},
          new float[] {1e-40f, 2, 3},
          new float[] {4},
          2,
          17,
          0.1 + 0.2,
          5_000_000_000L,
          6_000_000_000L,
          7_000_000_000L,
          new History(
              List.of(Math.nextUp(1.0), Double.MIN_VALUE, 1e300),
              List.of(100.0 / 3, 0.0, 100.0),
              List.of(0.05, 0.05 * 0.1, 5e-5)));

  private static final TrainingState FIRST_EPOCH =
      new TrainingState(
          new float[] {1},
          new float[] {2},
          NONE,
          NONE,
          NONE,
          0,
          1,
          2.5,
          3,
          4,
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
    return List.of(
        bits(state.theta()),
        bits(state.velocity()),
        bits(state.statistics()),
        bits(state.bestTheta()),
        bits(state.bestStatistics()),
        state.bestEpoch(),
        state.step(),
        Double.doubleToRawLongBits(state.lossSum()),
        state.hits(),
        state.seen(),
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
}
