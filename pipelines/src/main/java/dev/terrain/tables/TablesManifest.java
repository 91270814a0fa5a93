package dev.terrain.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code tables/manifest.json}: whose rows the tables of a study hold, and the SHA-256 of each of
 * their files as the run that wrote them computed it. It is missing while files are put in their
 * places, and has a SHA-256 of its own.
 *
 * @param owner whose rows they are
 * @param units finished units that they hold; null if it was not counted
 * @param tables SHA-256 of each file of the tables, by its name in the study
 * @param report the same of the report and its figures; empty if it was not drawn
 */
public record TablesManifest(
    TablesOwner owner,
    Long units,
    SortedMap<String, String> tables,
    SortedMap<String, String> report) {
  /** Its name in a study. */
  public static final String NAME = "tables/manifest.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String OWN_HASH = "sha256";

  /** Copies the maps. */
  public TablesManifest {
    tables = new TreeMap<>(tables);
    report = new TreeMap<>(report);
  }

  /** The same with another report. */
  public TablesManifest withReport(SortedMap<String, String> files) {
    return new TablesManifest(owner, units, tables, files);
  }

  /** The same tables as those of another plan, which asks for the same rows. */
  public TablesManifest withPlan(String plan) {
    TablesOwner other = new TablesOwner(owner.sweep(), plan, owner.inputs(), owner.run());
    return new TablesManifest(other, units, tables, report);
  }

  /**
   * The manifest of a study; empty if there is none.
   *
   * @throws DamagedTablesException if it is damaged
   */
  public static Optional<TablesManifest> read(TableFiles files) throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(NAME)) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(parse(bytes));
  }

  /** What {@link #parse} reads. */
  public byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("sweep", owner.sweep()).put("plan", owner.plan());
    json.put("inputs", owner.inputs()).put("run", owner.run()).put("units", units);
    json.set("tables", JSON.valueToTree(tables));
    json.set("report", JSON.valueToTree(report));
    try {
      json.put(OWN_HASH, hash(json));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(ObjectNode json) throws JsonProcessingException {
    return sha256(JSON.writeValueAsBytes(json));
  }

  /**
   * A manifest that was written.
   *
   * @throws DamagedTablesException if it is damaged
   */
  static TablesManifest parse(byte[] bytes) throws DamagedTablesException {
    try {
      if (!(JSON.readTree(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode json)) {
        throw damaged("not a JSON object", null);
      }
      JsonNode hash = json.remove(OWN_HASH);
      // Earlier ones have none, and name the files of the report without a hash.
      if (hash != null && !hash.asText().equals(hash(json))) {
        throw damaged("its SHA-256 is not the recorded one", null);
      }
      TablesOwner owner =
          new TablesOwner(
              text(json, "sweep"), text(json, "plan"), text(json, "inputs"), text(json, "run"));
      JsonNode units = json.path("units");
      return new TablesManifest(
          owner,
          units.isIntegralNumber() ? units.asLong() : null,
          texts(json.path("tables")),
          texts(json.path("report")));
    } catch (JsonProcessingException e) {
      throw damaged("no JSON", e);
    }
  }

  private static String text(ObjectNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() ? value.asText() : null;
  }

  private static SortedMap<String, String> texts(JsonNode object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static DamagedTablesException damaged(String problem, Exception cause) {
    return DamagedTablesException.of(NAME + " is damaged: " + problem, cause);
  }

  /** The digest of some bytes in lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
