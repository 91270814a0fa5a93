package dev.terrain.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.ledger.Samples;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.ModelSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final String ID = "0a1b2c";
  private static final List<Tensor> TENSORS =
      List.of(
          new Tensor("second", new int[] {2, 1}, new float[] {1.5f, -2}),
          new Tensor("first", new int[] {1}, new float[] {0.25f}));

  @TempDir Path folder;
  private ObjectStore store;
  private Checkpoints checkpoints;

  @BeforeEach
  void openStore() {
    store = ObjectStores.open(folder.toString());
    checkpoints = new Checkpoints(store);
  }

  @Test
  void loadsWhatWasSaved() throws IOException {
    ModelSpec spec = Samples.spec();
    String hash = checkpoints.save(spec, ID, TENSORS);
    Checkpoint loaded = checkpoints.load(ID);

    assertThat(store.list("")).containsExactly("models/0a1b2c/model.safetensors");
    assertThat(loaded.spec()).isEqualTo(spec);
    assertThat(loaded.modelId()).isEqualTo(ID);
    assertThat(loaded.dataSha256()).isEqualTo(hash);
    assertThat(Samples.contents(loaded.tensors())).isEqualTo(Samples.contents(TENSORS));
  }

  @Test
  void givesDefaultsToSettingsThatTheSpecInTheFileLacks() throws IOException {
    checkpoints.save(ModelSpec.newBuilder().setWidth(9).setMomentum(0.5).build(), ID, TENSORS);
    Map<String, String> metadata = metadata();
    metadata.put("spec", "{\"width\":9,\"dataset\":\"digits\"}");
    store.write(Checkpoints.name(ID), Safetensors.encode(TENSORS, metadata));

    assertThat(checkpoints.load(ID).spec()).isEqualTo(ModelSpec.newBuilder().setWidth(9).build());
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> checkpoints.load(ID))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(uri());
  }

  @Test
  void refusesAFlippedBit() throws IOException {
    checkpoints.save(Samples.spec(), ID, TENSORS);
    byte[] bytes = store.read(Checkpoints.name(ID)).orElseThrow();
    bytes[bytes.length - 1] ^= 1;
    store.write(Checkpoints.name(ID), bytes);

    assertThatThrownBy(() -> checkpoints.load(ID))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(uri())
        .hasMessageContaining("SHA-256");
  }

  @Test
  void refusesALaterVersion() throws IOException {
    checkpoints.save(Samples.spec(), ID, TENSORS);
    Map<String, String> metadata = metadata();
    metadata.put("schema_version", "2");
    store.write(Checkpoints.name(ID), Safetensors.encode(TENSORS, metadata));

    assertThatThrownBy(() -> checkpoints.load(ID))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessage(uri() + ": unknown version 2, supports at most 1");
  }

  @Test
  void refusesAnotherModelsFile() throws IOException {
    checkpoints.save(Samples.spec(), "other", TENSORS);
    store.write(Checkpoints.name(ID), store.read(Checkpoints.name("other")).orElseThrow());

    assertThatThrownBy(() -> checkpoints.load(ID))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessage(uri() + ": holds model other, not " + ID);
  }

  @Test
  void refusesAFileWithoutOurMetadata() throws IOException {
    store.write(Checkpoints.name(ID), Safetensors.encode(TENSORS, Map.of("format", "pt")));

    assertThatThrownBy(() -> checkpoints.load(ID))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(uri())
        .hasMessageContaining("'schema_version'");
  }

  @Test
  void refusesASpecThatIsNone() throws IOException {
    checkpoints.save(Samples.spec(), ID, TENSORS);
    for (String text : List.of("", "[]", "{\"width\":\"wide\"}", "{\"width\":")) {
      Map<String, String> metadata = metadata();
      metadata.put("spec", text);
      store.write(Checkpoints.name(ID), Safetensors.encode(TENSORS, metadata));
      assertThatThrownBy(() -> checkpoints.load(ID))
          .as("spec '%s'", text)
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining(uri());
    }
  }

  @Test
  void refusesIdsThatAreNoNames() {
    for (String id : List.of("", "a/b", "..", "a b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Checkpoints.name(id))
          .withMessageContaining("'" + id + "'");
    }
  }

  @Test
  void remembersAndForgetsProgress() throws IOException {
    Map<String, String> metadata = Map.of("epoch", "3", "history", "[1.5]");
    assertThat(checkpoints.loadProgress(ID)).isEmpty();

    checkpoints.saveProgress(ID, TENSORS, Map.of("epoch", "2"));
    checkpoints.saveProgress(ID, TENSORS, metadata);
    Progress progress = checkpoints.loadProgress(ID).orElseThrow();
    assertThat(progress.metadata()).isEqualTo(metadata);
    assertThat(Samples.contents(progress.tensors())).isEqualTo(Samples.contents(TENSORS));

    checkpoints.deleteProgress(ID);
    assertThat(checkpoints.loadProgress(ID)).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void countsDamagedProgressAsNone() throws IOException {
    checkpoints.saveProgress(ID, TENSORS, Map.of());
    byte[] bytes = store.read(Checkpoints.progressName(ID)).orElseThrow();
    bytes[bytes.length - 1] ^= 1;
    store.write(Checkpoints.progressName(ID), bytes);

    assertThat(checkpoints.loadProgress(ID)).isEmpty();
  }

  @Test
  void aFlippedBitAnywhereIsFoundOrChangesNothing() throws IOException {
    Map<String, String> state = Map.of("step", "17", "loss_sum", "0x1.8p3");
    checkpoints.save(Samples.spec(), ID, TENSORS);
    checkpoints.saveProgress(ID, TENSORS, state);
    byte[] model = store.read(Checkpoints.name(ID)).orElseThrow();
    byte[] progress = store.read(Checkpoints.progressName(ID)).orElseThrow();
    for (int bit = 0; bit < 8 * Math.max(model.length, progress.length); bit += 3) {
      if (bit < 8 * model.length) {
        store.write(Checkpoints.name(ID), flipped(model, bit));
        try {
          Checkpoint loaded = checkpoints.load(ID);
          assertThat(loaded.spec()).as("bit %d", bit).isEqualTo(Samples.spec());
          assertThat(Samples.contents(loaded.tensors())).isEqualTo(Samples.contents(TENSORS));
        } catch (CorruptCheckpointException e) {
          assertThat(e).hasMessageContaining(uri());
        }
      }
      if (bit < 8 * progress.length) {
        store.write(Checkpoints.progressName(ID), flipped(progress, bit));
        Optional<Progress> loaded = checkpoints.loadProgress(ID);
        if (loaded.isPresent()) {
          assertThat(loaded.get().metadata()).as("bit %d", bit).containsAllEntriesOf(state);
          assertThat(Samples.contents(loaded.get().tensors())).isEqualTo(Samples.contents(TENSORS));
        }
      }
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] damaged = bytes.clone();
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    return damaged;
  }

  @Test
  void refusesProgressThatClaimsReservedMetadata() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> checkpoints.saveProgress(ID, TENSORS, Map.of("model_id", "x")))
        .withMessageContaining("'model_id'");
  }

  private String uri() {
    return store.uri(Checkpoints.name(ID));
  }

  /** What the file says, but for the hash of that, which files of earlier versions lack. */
  private Map<String, String> metadata() throws IOException {
    byte[] bytes = store.read(Checkpoints.name(ID)).orElseThrow();
    Map<String, String> metadata =
        new LinkedHashMap<>(Safetensors.decode(bytes, "file").metadata());
    metadata.remove("header_sha256");
    return metadata;
  }
}
