package dev.terrain.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SweepJson;
import dev.terrain.v1.Sweep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a plan's file: the settings of the sweep, then {@code data} (the data sets, their
 * addresses and the SHA-256 of what they hold), {@code plugins} where it needs some, and {@code
 * sha256}, that of the JSON of all the rest without white space. It is of what is written, not of
 * what is read, so that a setting that comes later, with a default, changes none.
 */
final class PlanText {
  private static final String DATA = "data";
  private static final String HASH = "sha256";
  private static final String HEX = "[0-9a-f]{64}";
  private static final String REMEDY =
      "restore the file; or remove it and let 'terrain run' work on its sweep in this study, which freezes it anew and computes nothing twice";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PlanText() {}

  static String write(Sweep sweep, List<PlannedData> data) {
    ObjectNode tree = SweepJson.tree(sweep);
    ArrayNode sets = tree.putArray(DATA);
    for (PlannedData set : data) {
      sets.addObject()
          .put("dataset", set.dataset())
          .put("address", set.address())
          .put(HASH, set.sha256());
    }
    PlannedPlugins.write(sweep, tree);
    try {
      // Numbers have one form once they were read.
      tree.put(HASH, sha256(JSON.readTree(SweepJson.print(tree))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return SweepJson.print(tree);
  }

  /**
   * Reads a plan.
   *
   * @param file its name, for messages
   * @throws InvalidSweepException if it is damaged, or no plan; the message names the file and says
   *     what to do
   */
  static FrozenPlan read(String text, String file) {
    ObjectNode tree = parse(text, file);
    JsonNode hash = tree.remove(HASH);
    if (hash != null && !(hash.isTextual() && hash.textValue().equals(sha256(tree)))) {
      throw damaged(file, "its SHA-256 is not the one that it names");
    }
    PlannedPlugins.check(tree.remove(PlannedPlugins.KEY), file);
    JsonNode data = tree.remove(DATA);
    if ((hash == null) != (data == null)) {
      throw damaged(file, hash == null ? "it lacks its SHA-256" : "it does not name its data");
    }
    try {
      String sweep = data == null ? text : SweepJson.print(tree);
      return new FrozenPlan(file, SweepJson.parse(sweep, file), data(data, file));
    } catch (InvalidSweepException e) {
      List<Problem> problems = new ArrayList<>(e.problems());
      problems.add(new Problem(0, 0, "", REMEDY));
      throw new InvalidSweepException(file, problems);
    }
  }

  private static ObjectNode parse(String text, String file) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw damaged(file, "it is no JSON object");
    } catch (JsonProcessingException e) {
      throw damaged(file, "it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static List<PlannedData> data(JsonNode sets, String file) {
    List<PlannedData> data = new ArrayList<>();
    if (sets == null) {
      return data;
    }
    for (JsonNode set : sets) {
      String sha256 = set.path(HASH).asText();
      String dataset = set.path("dataset").asText();
      if (dataset.isEmpty() || !sha256.matches(HEX)) {
        throw damaged(file, "it does not say what its data are");
      }
      data.add(new PlannedData(dataset, set.path("address").textValue(), sha256));
    }
    if (data.isEmpty()) {
      throw damaged(file, "it names no data");
    }
    return data;
  }

  private static InvalidSweepException damaged(String file, String problem) {
    return new InvalidSweepException(
        file, List.of(new Problem(0, 0, "", "damaged plan (" + problem + "); " + REMEDY)));
  }

  private static String sha256(JsonNode tree) {
    try {
      byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
