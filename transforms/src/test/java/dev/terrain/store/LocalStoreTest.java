package dev.terrain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
  @TempDir Path folder;

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    ObjectStore store = new LocalStore(folder);
    store.write("a/one", new byte[] {1});
    store.createIfAbsent("a/two", new byte[] {2});
    store.createIfAbsent("a/two", new byte[] {3});

    try (Stream<Path> files = Files.list(folder.resolve("a"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void doesNotListWhatACrashedWriterLeft() throws IOException {
    ObjectStore store = new LocalStore(folder);
    store.write("a/one", new byte[] {1});
    Files.write(folder.resolve("a/.tmp-1234"), new byte[] {1});

    assertThat(store.list("")).containsExactly("a/one");
  }

  @Test
  void aListingEntersNoFolderWhoseNamesBeginOtherwise() throws IOException {
    ObjectStore store = new LocalStore(folder);
    store.write("plan.json", new byte[] {1});
    store.write("plans/one", new byte[] {1});
    store.write("models/one", new byte[] {1});
    // Whoever enters it fails.
    Files.createSymbolicLink(folder.resolve("models/loop"), folder);

    assertThat(store.list("plan")).containsExactly("plan.json", "plans/one");
    assertThatIOException().isThrownBy(() -> store.list("model"));
  }

  @Test
  void namesTheFolderThatIsInThePlaceOfAFile() throws IOException {
    ObjectStore store = new LocalStore(folder);
    store.write("a/one", new byte[] {1});

    assertThatIOException()
        .isThrownBy(() -> store.read("a"))
        .withMessage(folder.resolve("a") + ": is a folder, not a file");
    assertThatIOException()
        .isThrownBy(() -> store.readRange("a", 0, 1))
        .withMessage(folder.resolve("a") + ": is a folder, not a file");
  }

  @Test
  void namesTheFileThatCannotBeWritten() throws IOException {
    ObjectStore store = new LocalStore(folder);
    store.write("a", new byte[] {1});

    assertThatIOException()
        .isThrownBy(() -> store.write("a/one", new byte[] {1}))
        .withMessageContaining(folder.resolve("a").toString());
  }
}
