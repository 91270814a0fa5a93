package dev.terrain.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.beam.tables.AppendTables;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code watch.json}: the sign that requests have fed a study, which no plan holds, and where their
 * data are.
 */
public final class WatchMark {
  /** Name of the sign in the store. */
  public static final String NAME = "watch.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DATA = "data";

  private WatchMark() {}

  /**
   * Leaves the sign, in the place of an earlier one.
   *
   * @param dataLocation folder or {@code gs://} prefix of the data sets' files; null for where they
   *     are by default
   */
  public static void write(ObjectStore store, String dataLocation) throws IOException {
    String address = dataLocation == null ? null : ObjectStores.absolute(dataLocation);
    store.write(
        NAME, (JSON.createObjectNode().put(DATA, address) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whether requests have fed a study, also by a version of Terrain that left no sign. */
  public static boolean isOn(ObjectStore store) throws IOException {
    return store.exists(NAME)
        || !store.list("watch/").isEmpty()
        || store.list("tables/").stream()
            .anyMatch(name -> name.contains("/" + AppendTables.PREFIX));
  }

  /** Where the data of the requests are; empty without a sign, or if it is by default. */
  public static Optional<String> dataLocation(ObjectStore store) throws IOException {
    Optional<byte[]> sign = store.read(NAME);
    if (sign.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = new String(sign.get(), StandardCharsets.UTF_8);
      return Optional.ofNullable(JSON.readTree(text).path(DATA).textValue());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
