package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepJsonSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SweepJsonSchema.text());

  @Test
  void text_isAValidSchemaOfItsDraft() throws IOException {
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    JsonNode schema = new JsonMapper().readTree(SweepJsonSchema.text());
    assertThat(metaSchema.validate(schema)).isEmpty();
  }

  @Test
  void text_describesEverySettingWithItsDefault() throws IOException {
    JsonNode schema = new JsonMapper().readTree(SweepJsonSchema.text());
    JsonNode base = schema.at("/properties/base/properties");
    for (Schema.Field field : ModelSpec.getClassSchema().getFields()) {
      if (!field.name().equals("seed")) {
        assertThat(base.get(field.name()).get("description").textValue()).isEqualTo(field.doc());
        assertThat(base.get(field.name()).has("default")).isTrue();
      }
    }
    assertThat(base.has("seed")).isFalse();
    assertThat(base.get("learning_rate").toString())
        .endsWith("\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1000,\"default\":0.05}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "base: {}",
        "base: {epochs: 32.0, learning_rate: 1.0e-3, momentum: 0}",
        "base: {hidden_widths: [], dataset: fashion-mnist, data_fraction: 1}",
        "base: {label_noise_seed: 9223372036854775807}",
        "name: a sweep",
        "metrics: []",
        "metrics: [curvature]",
        "curvature: {examples: 2, residual_tolerance: 0.5}",
        "taxonomy: {similar_cka: 1, resamples: 100}",
        "checks: []",
        "checks: [{check: completeness}, {check: converged, metric: cka, variant: paper, share: 0.9}]",
        "checks: [{check: range, metric: cka, between: [0, 1], severity: warn}]",
      })
  void goodLine_isValidForBoth(String line) throws IOException {
    assertAgreement(Sweeps.SMALL + line, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base: {lerning_rate: 1}",
        "base: {seed: 1}",
        "base: {epochs: 0}",
        "base: {epochs: 2.5}",
        "base: {epochs: '3'}",
        "base: {epochs: 1000001}",
        "base: {epochs: }",
        "base: {learning_rate: 0}",
        "base: {momentum: 1}",
        "base: {dataset: mnist}",
        "base: {incomplete_batch: no}",
        "base: {hidden_widths: [0]}",
        "base: {hidden_widths: 4}",
        "base: {label_noise_seed: 9223372036854775808}",
        "base: []",
        "base: ",
        "name: 12",
        "name: ''",
        "metrics: [loss]",
        "metrics: [losses, losses]",
        "metrics: losses",
        "similarity: {mixup_alpha: 0}",
        "connectivity: {points: 2}",
        "connectivity: {seed: 2}",
        "extra: 1",
        "checks: {check: completeness}",
        "checks: [{metric: cka}]",
        "checks: [{check: complete}]",
        "checks: [{check: converged, share: 1.1}]",
        "checks: [{check: converged, severity: fatal}]",
        "checks: [{check: converged, at_least: 1}]",
      })
  void badLine_isInvalidForBoth(String line) throws IOException {
    assertAgreement(Sweeps.SMALL + line, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{load: {width: [1]}, temperature: {batch_size: {from: 16, to: 64, points: 3}}}",
        "{load: {data_fraction: [0.5, 1]}, temperature: {epochs: [1.0]}, other: {}}",
        "{load: {width: [1]}, temperature: {depth: [1]}, other: {architecture: [mlp, cnn]}}",
        "{load: {depth: [1]}, temperature: {epochs: [1]}, other: {stop_rule: [epochs], momentum: {from: 0.1, to: 0.9, points: 2}}}",
      })
  void goodAxes_areValidForBoth(String axes) throws IOException {
    assertAgreement("axes: " + axes + "\nseeds: [3, 5]", true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{load: {width: [1]}}",
        "{load: {}, temperature: {depth: [1]}}",
        "{load: {width: [1], epochs: [1]}, temperature: {depth: [1]}}",
        "{load: {width: []}, temperature: {depth: [1]}}",
        "{load: {width: 3}, temperature: {depth: [1]}}",
        "{load: {width: [1, 1]}, temperature: {depth: [1]}}",
        "{load: {width: [a]}, temperature: {depth: [1]}}",
        "{load: {dataset: [digits]}, temperature: {depth: [1]}}",
        "{load: {seed: [1]}, temperature: {depth: [1]}}",
        "{load: {width: {from: 1, to: 4}}, temperature: {depth: [1]}}",
        "{load: {width: {from: 1, to: 4, points: 1}}, temperature: {depth: [1]}}",
        "{load: {width: {from: 1, to: 9999, points: 2}}, temperature: {depth: [1]}}",
        "{load: {width: {from: 1, to: 4, points: 3, log: true}}, temperature: {depth: [1]}}",
        "{load: {label_noise: {from: 0, to: 1, points: 3}}, temperature: {depth: [1]}}",
        "{load: {width: [1]}, temperature: {depth: [1]}, other: {dataset: digits}}",
        "{load: {width: [1]}, temperature: {depth: [1]}, more: {epochs: [1]}}",
      })
  void badAxes_areInvalidForBoth(String axes) throws IOException {
    assertAgreement("axes: " + axes + "\nseeds: [3, 5]", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001", "1.5", "[]", "[1, 1]", "[-1]", "many", "'3'"})
  void badSeeds_areInvalidForBoth(String seeds) throws IOException {
    assertAgreement(Sweeps.SMALL.replace("seeds: 1", "seeds: " + seeds), false);
  }

  @Test
  void fullSweep_isValidForBothAndAnEmptyOneForNeither() throws IOException {
    assertAgreement(Sweeps.FULL, true);
    assertAgreement("{}", false);
    assertAgreement("[]", false);
  }

  private static void assertAgreement(String yaml, boolean valid) throws IOException {
    JsonNode document = new YAMLMapper().readTree(yaml);
    assertThat(SCHEMA.validate(document).isEmpty()).as("JSON Schema: %s", yaml).isEqualTo(valid);
    assertThat(Sweeps.problems(yaml).isEmpty()).as("our parser: %s", yaml).isEqualTo(valid);
  }
}
