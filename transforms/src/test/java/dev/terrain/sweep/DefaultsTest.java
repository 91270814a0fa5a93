package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.TaxonomySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Identities say what differs from the defaults, so a default is for ever. */
final class DefaultsTest {
  /** One that has changed gives the models or units of every study other meanings under old ids. */
  @Test
  void everyDefault_isTheOneThatIdentitiesWereMadeWith() throws IOException {
    List<String> defaults = new ArrayList<>();
    for (Schema schema :
        List.of(
            ModelSpec.getClassSchema(),
            CurvatureSettings.getClassSchema(),
            ConnectivitySettings.getClassSchema(),
            SimilaritySettings.getClassSchema(),
            TaxonomySettings.getClassSchema())) {
      for (Schema.Field field : schema.getFields()) {
        String value = new JsonMapper().writeValueAsString(Defaults.of(field));
        defaults.add("%s.%s = %s".formatted(schema.getName(), field.name(), value));
      }
    }
    assertThat(defaults).containsExactlyElementsOf(pinned());
  }

  private static List<String> pinned() throws IOException {
    try (InputStream file = DefaultsTest.class.getResourceAsStream("defaults.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void settings_keepTheirTextAndTheirValues() {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder()
            .setRelativeError(1e-7)
            .setMeasures(List.of("sam_sharpness"))
            .setExamples(50)
            .build();
    String text = SettingsJson.write(settings);
    assertThat(text)
        .startsWith("{\"examples\":50,\"measures\":[\"sam_sharpness\"],\"relative_error\":");
    assertThat(SettingsJson.read(CurvatureSettings.class, text)).isEqualTo(settings);
    assertThat(SettingsJson.write(CurvatureSettings.newBuilder().build()))
        .isEqualTo(SettingsJson.NONE);
  }
}
