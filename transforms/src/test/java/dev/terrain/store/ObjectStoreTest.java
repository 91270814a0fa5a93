package dev.terrain.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every object store keeps to. */
class ObjectStoreTest {
  @TempDir Path folder;

  static Stream<Arguments> stores() {
    Storage client = FakeGcs.client();
    Function<Path, ObjectStore> local = LocalStore::new;
    Function<Path, ObjectStore> bucket =
        path -> new GcsStore(() -> client, "bucket", UUID.randomUUID() + "/study");
    return Stream.of(Arguments.of("local", local), Arguments.of("gcs", bucket));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void readsWhatWasWritten(String kind, Function<Path, ObjectStore> open) throws IOException {
    ObjectStore store = open.apply(folder);
    store.write("a/b/one", bytes("first"));
    store.write("a/b/one", bytes("second"));

    assertThat(store.read("a/b/one")).contains(bytes("second"));
    assertThat(store.exists("a/b/one")).isTrue();
    assertThat(store.uri("a/b/one")).endsWith("/a/b/one");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void hasNothingUnderOtherNames(String kind, Function<Path, ObjectStore> open) throws IOException {
    ObjectStore store = open.apply(folder);
    assertThat(store.list("")).isEmpty();

    store.write("a/one", bytes("1"));

    assertThat(store.read("a/on")).isEmpty();
    assertThat(store.read("b/one")).isEmpty();
    assertThat(store.exists("a")).isFalse();
    store.delete("a/two");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void readsTheStartOfWhatWasWritten(String kind, Function<Path, ObjectStore> open)
      throws IOException {
    ObjectStore store = open.apply(folder);
    store.write("a/one", bytes("first"));

    assertThat(store.readRange("a/one", 0, 3)).contains(bytes("fir"));
    assertThat(store.readRange("a/one", 0, 30)).contains(bytes("first"));
    assertThat(store.readRange("a/one", 1, 3)).contains(bytes("irs"));
    assertThat(store.readRange("a/one", 3, 30)).contains(bytes("st"));
    assertThat(store.readRange("a/one", 30, 3)).contains(bytes(""));
    assertThat(store.readRange("a/two", 0, 3)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void describesWhatItHolds(String kind, Function<Path, ObjectStore> open) throws IOException {
    ObjectStore store = open.apply(folder);
    Instant before = Instant.now().minusSeconds(5);
    store.write("a/one", bytes("first"));
    store.write("b/two", bytes("second"));

    assertThat(store.describe("a/"))
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.name()).isEqualTo("a/one");
              assertThat(object.size()).isEqualTo(5);
              assertThat(object.modified()).isAfter(before);
            });
    assertThat(store.describe("")).extracting(StoredObject::name).containsExactly("a/one", "b/two");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void forgetsWhatIsDeleted(String kind, Function<Path, ObjectStore> open) throws IOException {
    ObjectStore store = open.apply(folder);
    store.write("a/one", bytes("1"));
    store.delete("a/one");

    assertThat(store.read("a/one")).isEmpty();
    assertThat(store.list("")).isEmpty();
    assertThat(store.createIfAbsent("a/one", bytes("2"))).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void listsNamesByTheirBeginning(String kind, Function<Path, ObjectStore> open)
      throws IOException {
    ObjectStore store = open.apply(folder);
    for (String name : List.of("b/2", "b/10", "b/deep/er/3", "bb/4", "a")) {
      store.write(name, bytes(name));
    }

    assertThat(store.list("")).containsExactly("a", "b/10", "b/2", "b/deep/er/3", "bb/4");
    assertThat(store.list("b/")).containsExactly("b/10", "b/2", "b/deep/er/3");
    assertThat(store.list("b")).containsExactly("b/10", "b/2", "b/deep/er/3", "bb/4");
    assertThat(store.list("b/de")).containsExactly("b/deep/er/3");
    assertThat(store.list("c/")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void createsOnlyWhatIsAbsent(String kind, Function<Path, ObjectStore> open) throws IOException {
    ObjectStore store = open.apply(folder);

    assertThat(store.createIfAbsent("one", bytes("first"))).isTrue();
    assertThat(store.createIfAbsent("one", bytes("second"))).isFalse();
    assertThat(store.read("one")).contains(bytes("first"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void oneOfRacingWritersWinsAndNoReaderSeesAPart(String kind, Function<Path, ObjectStore> open)
      throws Exception {
    ObjectStore store = open.apply(folder);
    int threads = 8;
    int rounds = 20;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Boolean>>> outcomes = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        byte[] own = bytes(Integer.toString(thread).repeat(5_000));
        outcomes.add(
            pool.submit(
                () -> {
                  List<Boolean> won = new ArrayList<>();
                  for (int round = 0; round < rounds; round++) {
                    start.await();
                    won.add(store.createIfAbsent("race/" + round, own));
                    byte[] seen = store.read("race/" + round).orElseThrow();
                    assertThat(seen).hasSize(own.length).containsOnly(seen[0]);
                    assertThat(seen[0] == own[0]).isEqualTo(won.get(round));
                  }
                  return won;
                }));
      }
      int[] winners = new int[rounds];
      for (Future<List<Boolean>> outcome : outcomes) {
        for (int round = 0; round < rounds; round++) {
          winners[round] += outcome.get().get(round) ? 1 : 0;
        }
      }
      assertThat(winners).containsOnly(1);
      assertThat(store.list("")).hasSize(rounds);
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stores")
  void refusesNamesThatLeaveTheRoot(String kind, Function<Path, ObjectStore> open) {
    ObjectStore store = open.apply(folder);
    for (String name :
        List.of("", "/a", "a/", "a//b", "..", "a/../../b", "./a", "a\\b", "a\n", ".tmp-1")) {
      assertThatIllegalArgumentException()
          .as("name '%s'", name)
          .isThrownBy(() -> store.write(name, bytes("x")))
          .withMessageContaining("'" + name + "'");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> store.list("../"));
    assertThatIllegalArgumentException().isThrownBy(() -> store.list("/"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
