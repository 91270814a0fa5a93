package dev.terrain.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.store.ObjectStore;
import dev.terrain.tables.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tables/manifest.json}: what the tables of a study were made from, and the SHA-256 of each
 * of their files. While it agrees with the study, a run with nothing to compute has nothing to
 * write either.
 *
 * <p>The files are read as a whole to be compared: that takes less than the start of any engine,
 * and finds what a length or a date would not.
 */
final class TablesManifest {
  static final String NAME = "tables/manifest.json";

  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectStore store;

  TablesManifest(ObjectStore store) {
    this.store = store;
  }

  /**
   * Records the tables and the report that the study holds now.
   *
   * @param inputs fingerprint of all that decides what the tables hold
   * @param units finished units that they hold
   */
  void write(String inputs, long units) throws IOException {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("inputs", inputs).put("units", units);
    manifest.set("tables", JSON.valueToTree(tables()));
    ArrayNode report = manifest.putArray("report").add(SweepRun.REPORT);
    store.list(SweepRun.FIGURES).forEach(report::add);
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    store.write(NAME, text);
  }

  /** Forgets the tables, before others are written. */
  void delete() throws IOException {
    store.delete(NAME);
  }

  /** Whether the tables hold these units of these inputs, and are as they were written. */
  boolean tablesAgree(String inputs, long units) throws IOException {
    Optional<JsonNode> manifest = read();
    return manifest.isPresent()
        && manifest.get().path("inputs").asText().equals(inputs)
        && manifest.get().path("units").asLong(-1) == units
        && manifest.get().path("tables").equals(JSON.valueToTree(tables()));
  }

  /** Whether the report and its figures exist. */
  boolean reportExists() throws IOException {
    Optional<JsonNode> manifest = read();
    if (manifest.isEmpty()) {
      return false;
    }
    Set<String> written = new HashSet<>(store.list(SweepRun.REPORT));
    written.addAll(store.list(SweepRun.FIGURES));
    for (JsonNode name : manifest.get().path("report")) {
      if (!written.contains(name.asText())) {
        return false;
      }
    }
    return true;
  }

  /** A manifest that cannot be read is none: the tables are written anew, and it with them. */
  private Optional<JsonNode> read() throws IOException {
    Optional<byte[]> bytes = store.read(NAME);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(new String(bytes.get(), StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> tables() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (Table table : Table.values()) {
      for (String name : store.list("tables/" + table.folder() + "/")) {
        if (name.endsWith(".avro")) {
          // A file that has gone meanwhile differs from any that was written.
          files.put(name, sha256(store.read(name).orElse(new byte[0])));
        }
      }
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
