package dev.terrain.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables copied by Beam's file systems: to a folder, and to one that Beam finds by its registrar.
 */
class TablesCopyTest {
  private static final String MODELS = "models/part-00000-of-00002.avro";
  private static final String MORE_MODELS = "models/part-00001-of-00002.avro";
  private static final String CELLS = "cells/part-00000-of-00001.avro";
  private static final String PLACE = "memory://host/study tables";

  @TempDir private Path folder;
  private ObjectStore study;

  @BeforeEach
  void write() throws IOException {
    MemoryFileSystem.reset();
    study = ObjectStores.open(folder.resolve("study").toString());
    table(MODELS, 100);
    // More than is read of a study at a time.
    table(MORE_MODELS, (8 << 20) + 1);
    table(CELLS, 8 << 20);
    seal();
    study.write("models/abc/model.safetensors", new byte[10]);
  }

  private void table(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    study.write("tables/" + name, bytes);
  }

  /** Declares the tables to be what was written. */
  private void seal() throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String name : study.list("tables/")) {
      if (name.endsWith(".avro")) {
        hashes.put(name, TablesManifest.sha256(study.read(name).orElseThrow()));
      }
    }
    TablesOwner owner = new TablesOwner("sweep", null, "inputs", null);
    new StoredManifest(study).write(new TablesManifest(owner, null, hashes, new TreeMap<>()));
  }

  private TablesCopy copy(String address) {
    return TablesCopy.of(study, address, PipelineOptionsFactory.create());
  }

  private static byte[] memory(String name) {
    return MemoryFileSystem.FILES.get(PLACE + "/" + name);
  }

  private static Set<String> names(String... names) {
    return Set.copyOf(Stream.of(names).map(name -> PLACE + "/" + name).toList());
  }

  private void assertWhole() throws IOException {
    for (String name : new String[] {MODELS, MORE_MODELS, CELLS}) {
      assertThat(memory(name)).isEqualTo(study.read("tables/" + name).orElseThrow());
    }
    assertThat(MemoryFileSystem.FILES.keySet())
        .isEqualTo(names(MODELS, MORE_MODELS, CELLS, "copy.json"));
  }

  @Test
  void theTablesAndNothingElseGoWhereverBeamFindsAFileSystem() throws IOException {
    TablesCopy.Outcome outcome = copy(PLACE + "/").update();

    assertThat(outcome).isEqualTo(new TablesCopy.Outcome(PLACE, 3, 100 + (16 << 20) + 1, false));
    assertWhole();
    assertThat(new String(memory("copy.json"), StandardCharsets.UTF_8))
        .contains(MODELS, "\"size\" : 100", "\"sha256\" : \"");
  }

  @Test
  void aFolderIsCopiedToWhetherItIsWrittenAsAPathOrAUri() throws IOException {
    Path target = folder.resolve("a folder/with tables");

    copy(target.toString()).update();
    assertThat(target.resolve(MODELS))
        .hasBinaryContent(study.read("tables/" + MODELS).orElseThrow());
    assertThat(copy(target.toUri().toString()).update().upToDate()).isTrue();
    try (Stream<Path> files = Files.walk(target)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(4);
    }
  }

  @Test
  void aCopyThatIsAsItShouldBeIsLeftAlone() throws IOException {
    copy(PLACE).update();
    byte[] written = memory(MODELS);

    assertThat(copy(PLACE).update().upToDate()).isTrue();
    assertThat(memory(MODELS)).isSameAs(written);
  }

  @Test
  void aCopyThatDiffersIsMadeAnew() throws IOException {
    copy(PLACE).update();
    MemoryFileSystem.FILES.remove(PLACE + "/" + CELLS);
    assertThat(copy(PLACE).update().upToDate()).isFalse();
    assertWhole();

    MemoryFileSystem.FILES.put(PLACE + "/" + CELLS, new byte[3]);
    assertThat(copy(PLACE).update().upToDate()).isFalse();
    assertWhole();

    MemoryFileSystem.FILES.put(PLACE + "/copy.json", new byte[] {'['});
    assertThat(copy(PLACE).update().upToDate()).isFalse();
    assertWhole();

    // As long as before, but other rows.
    study.write("tables/" + MODELS, new byte[100]);
    seal();
    assertThat(copy(PLACE).update().upToDate()).isFalse();
    assertWhole();
  }

  @Test
  void whatAnEarlierCopyLeftIsRemovedAndWhatOthersPutThereIsKept() throws IOException {
    copy(PLACE).update();
    study.delete("tables/" + MORE_MODELS);
    seal();
    MemoryFileSystem.FILES.put(PLACE + "/cells/.part-1.avro.copying", new byte[1]);
    MemoryFileSystem.FILES.put(PLACE + "/cells/notes.txt", new byte[1]);
    MemoryFileSystem.FILES.put(PLACE + "/part-0.avro", new byte[1]);

    copy(PLACE).update();

    assertThat(MemoryFileSystem.FILES.keySet())
        .isEqualTo(names(MODELS, CELLS, "copy.json", "cells/notes.txt", "part-0.avro"));
  }

  @Test
  void aFileThatComesBackDamagedNeverGetsItsName() {
    MemoryFileSystem.damaged = address -> address.contains("models/");

    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .withMessageContaining("could not be copied to " + PLACE)
        .withMessageContaining(MODELS)
        .withMessageContaining("other bytes");
    assertThat(MemoryFileSystem.FILES.keySet()).isEqualTo(names(CELLS));
  }

  @Test
  void aFileThatCouldNotBeWrittenToItsEndLeavesTheEarlierOneAndNoManifest() throws IOException {
    copy(PLACE).update();
    byte[] earlier = memory(MODELS);
    study.write("tables/" + MODELS, new byte[70]);
    seal();
    MemoryFileSystem.full = address -> address.contains("models/");

    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .withMessageContaining("could not be copied to " + PLACE + ": the memory is full");
    assertThat(memory(MODELS)).isEqualTo(earlier);
    assertThat(MemoryFileSystem.FILES.keySet()).isEqualTo(names(MODELS, MORE_MODELS, CELLS));

    MemoryFileSystem.full = address -> false;
    copy(PLACE).update();
    assertWhole();
  }

  @Test
  void storageThatKeepsWhatItShouldRemoveIsFoundOut() throws IOException {
    copy(PLACE).update();
    study.delete("tables/" + MORE_MODELS);
    seal();
    MemoryFileSystem.keeps = true;

    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .withMessageContaining(PLACE)
        .withMessageContaining(MORE_MODELS);
  }

  @Test
  void tablesThatAreNotWhatWasWrittenAreNotCopied() throws IOException {
    study.write("tables/" + CELLS, new byte[8 << 20]);
    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .isInstanceOf(DamagedTablesException.class)
        .withMessageContaining("tables/" + CELLS + " is damaged");
    study.delete("tables/" + CELLS);
    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .withMessageContaining("tables/" + CELLS + " is missing");
    study.delete(TablesManifest.NAME);
    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).update())
        .withMessageContaining("there is no tables/manifest.json");
    assertThat(MemoryFileSystem.FILES).isEmpty();
  }

  @Test
  void tablesOfAnotherSweepThanWasAskedForAreNotCopied() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> copy(PLACE).withInputs("others").update())
        .withMessageContaining("another run has put those of sweep 'sweep'");
    assertThat(copy(PLACE).withInputs("inputs").update().files()).isEqualTo(3);
  }

  @Test
  void aStudyWithoutTablesIsNamed() {
    ObjectStore empty = ObjectStores.open(folder.resolve("empty").toString());

    assertThatIOException()
        .isThrownBy(() -> TablesCopy.of(empty, PLACE, PipelineOptionsFactory.create()).update())
        .isInstanceOf(FileNotFoundException.class)
        .withMessageContaining(folder.resolve("empty").toString())
        .withMessageContaining("holds no tables");
    assertThat(MemoryFileSystem.FILES).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "bogus://host/x", "memory:x", "memory://host/*", "/tmp/a[b]", "s4:/x"})
  void anAddressThatNoFileSystemTakesIsNamed(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> copy(address))
        .withMessageContaining("'" + address + "'");
  }

  @Test
  void anUnknownSchemeIsToldWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> copy("hdfs://host/x"))
        .withMessageContaining("hdfs://")
        .withMessageEndingWith("there are a folder, gs://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"study", "study/tables", "study/models/x", "other/../study/"})
  void aCopyIsNotPutIntoTheStudyItself(String place) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> copy(folder + "/" + place))
        .withMessageContaining("must not be in the study");
  }
}
