package dev.terrain.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.store.ObjectStore;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SettingsJson;
import dev.terrain.sweep.SweepJson;
import dev.terrain.tables.TablesManifest;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code imported.json}: where the cells of a study come from that nobody here has trained. It is
 * in the place of a plan, and holds its own SHA-256, that of the JSON of all the rest without white
 * space.
 *
 * @param name what the study is called
 * @param source where the numbers come from, in free text; empty if nobody said
 * @param file name of the grid's file
 * @param sha256 of that file, in hexadecimal
 * @param rows of the grid that count
 * @param row what one row is: cell, run or epoch
 * @param conversions what was done with its columns, in sentences
 * @param notes what is to be known beside it, in sentences
 * @param load the load-like axis; its values are JSON, ascending
 * @param loadRises whether load rises with the value
 * @param temperature the temperature-like axis
 * @param temperatureRises whether temperature rises with the value
 * @param otherAxes further axes
 * @param runsPerCell of how many runs a cell is the mean, at most; 0 if it is not known
 * @param taxonomy thresholds of the phases
 * @param importedAt when
 */
public record ImportedStudy(
    String name,
    String source,
    String file,
    String sha256,
    long rows,
    String row,
    List<String> conversions,
    List<String> notes,
    Axis load,
    boolean loadRises,
    Axis temperature,
    boolean temperatureRises,
    List<Axis> otherAxes,
    int runsPerCell,
    TaxonomySettings taxonomy,
    Instant importedAt) {
  /** Its name in a study. */
  public static final String NAME = "imported.json";

  private static final String OWN_HASH = "sha256";
  private static final String RISES = "rises";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Copies the lists. */
  public ImportedStudy {
    conversions = List.copyOf(conversions);
    notes = List.copyOf(notes);
    otherAxes = List.copyOf(otherAxes);
  }

  /**
   * What a study says of its import; empty if it is none.
   *
   * @throws InvalidSweepException if the file is damaged; the message names it and says what to do
   */
  public static Optional<ImportedStudy> find(ObjectStore store) throws IOException {
    Optional<byte[]> bytes = store.read(NAME);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(read(bytes.get(), store.uri(NAME)));
  }

  /** Writes it into a study, in the place of an earlier one. */
  public void write(ObjectStore store) throws IOException {
    store.write(NAME, text().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The grid as a sweep, for whoever asks a plan for its axes, thresholds and number of runs: its
   * other settings are the defaults, which says nothing of how the runs were trained. Its axes may
   * have settings that no sweep here can have.
   */
  public Sweep sweep() {
    return Sweep.newBuilder()
        .setName(name)
        .setBase(SettingsJson.defaults(ModelSpec.class))
        .setLoad(load)
        .setTemperature(temperature)
        .setOtherAxes(otherAxes)
        .setSeeds(LongStream.rangeClosed(1, runsPerCell).boxed().toList())
        .setMetrics(List.of())
        .setTaxonomy(taxonomy)
        .build();
  }

  private String text() throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", name).put("source", source).put("file", file).put("grid_sha256", sha256);
    json.put("rows", rows).put("row", row).put("runs_per_cell", runsPerCell);
    json.put("imported_at", importedAt.toString());
    json.set("load", tree(load).put(RISES, loadRises));
    json.set("temperature", tree(temperature).put(RISES, temperatureRises));
    ArrayNode others = json.putArray("other_axes");
    for (Axis axis : otherAxes) {
      others.add(tree(axis));
    }
    json.set("conversions", JSON.valueToTree(conversions));
    json.set("notes", JSON.valueToTree(notes));
    json.set("taxonomy", JSON.readTree(taxonomy.toString()));
    // Numbers have one form once they were read.
    json.put(OWN_HASH, hash(JSON.readTree(SweepJson.print(json))));
    return SweepJson.print(json);
  }

  private static ObjectNode tree(Axis axis) throws JsonProcessingException {
    ObjectNode tree = JSON.createObjectNode().put("setting", axis.getSetting());
    ArrayNode values = tree.putArray("values");
    for (String value : axis.getValues()) {
      values.add(JSON.readTree(value));
    }
    return tree;
  }

  private static String hash(JsonNode tree) {
    return TablesManifest.sha256(tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ImportedStudy read(byte[] bytes, String file) {
    try {
      if (!(JSON.readTree(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode json)) {
        throw damaged(file, "it is no JSON object");
      }
      JsonNode hash = json.remove(OWN_HASH);
      if (hash == null || !hash.isTextual() || !hash.textValue().equals(hash(json))) {
        throw damaged(file, "its SHA-256 is not the one that it names");
      }
      List<Axis> others = new ArrayList<>();
      json.path("other_axes").forEach(axis -> others.add(axis(axis)));
      return new ImportedStudy(
          json.path("name").asText(),
          json.path("source").asText(),
          json.path("file").asText(),
          json.path("grid_sha256").asText(),
          json.path("rows").asLong(),
          json.path("row").asText(),
          texts(json.path("conversions")),
          texts(json.path("notes")),
          axis(json.path("load")),
          json.path("load").path(RISES).asBoolean(),
          axis(json.path("temperature")),
          json.path("temperature").path(RISES).asBoolean(),
          others,
          json.path("runs_per_cell").asInt(),
          SettingsJson.read(TaxonomySettings.class, json.path("taxonomy").toString()),
          Instant.parse(json.path("imported_at").asText()));
    } catch (JsonProcessingException e) {
      throw damaged(file, "it is no JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static Axis axis(JsonNode tree) {
    List<String> values = new ArrayList<>();
    tree.path("values").forEach(value -> values.add(value.toString()));
    return new Axis(tree.path("setting").asText(), values);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static InvalidSweepException damaged(String file, String problem) {
    return new InvalidSweepException(
        file,
        List.of(
            new Problem(
                0,
                0,
                "",
                "damaged import ("
                    + problem
                    + "); 'terrain import' of the same grid writes it anew")));
  }
}
