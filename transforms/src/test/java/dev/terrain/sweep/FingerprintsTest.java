package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private static final ModelSpec SPEC = ModelSpec.newBuilder().build();

  @Test
  void of_hashesDomainAndPartsWithKindAndLength() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writePart(out, 'S', "unit".getBytes(StandardCharsets.UTF_8));
    writePart(out, 'S', "ä".getBytes(StandardCharsets.UTF_8));
    out.writeByte('I');
    out.writeLong(8);
    out.writeLong(-2);
    out.writeByte('D');
    out.writeLong(8);
    out.writeDouble(0.1);
    out.writeByte('L');
    out.writeLong(1);
    writePart(out, 'B', new byte[] {1, 2});
    assertThat(Fingerprints.of("unit", "ä", -2, 0.1, List.of(new byte[] {1, 2})))
        .isEqualTo(sha256(bytes.toByteArray()));
  }

  /** The canonical form and the binary form are written out by hand from the Avro specification. */
  @Test
  void of_record_hashesCanonicalSchemaAndBinaryForm() throws Exception {
    Schema schema =
        SchemaBuilder.record("R")
            .namespace("n")
            .doc("left out")
            .fields()
            .requiredInt("a")
            .requiredString("b")
            .endRecord();
    GenericData.Record record =
        new GenericRecordBuilder(schema).set("a", -2).set("b", "xy").build();
    String canonical =
        "{\"name\":\"n.R\",\"type\":\"record\",\"fields\":"
            + "[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"string\"}]}";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
    body.write(new byte[] {3, 4, 'x', 'y'});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writePart(out, 'S', "model".getBytes(StandardCharsets.UTF_8));
    writePart(out, 'R', body.toByteArray());
    assertThat(Fingerprints.of("model", record)).isEqualTo(sha256(bytes.toByteArray()));
  }

  /**
   * Computed outside Java, from the schema file and the Avro specification. If this fails, every
   * existing study would train its models anew.
   */
  @Test
  void ids_ofTheDefaultSpec_areTheseForEver() {
    assertThat(Fingerprints.modelId(SPEC))
        .isEqualTo("486a6a0c1bb291be9e8f5458195361ddaa6783b4021c6d64fe9767070bb3ba38");
    assertThat(Fingerprints.cellId(SPEC))
        .isEqualTo("67f30db6e2a2cf9c058e822e3bd69c006af4c82d84653704316ebbd66ad3a3ee");
  }

  @Test
  void of_partsThatJoinAlike_differ() {
    assertThat(
            Stream.of(
                Fingerprints.of("a"),
                Fingerprints.of("a", ""),
                Fingerprints.of("a", "bc"),
                Fingerprints.of("ab", "c"),
                Fingerprints.of("a", "b", "c"),
                Fingerprints.of("a", List.of("b", "c")),
                Fingerprints.of("a", List.of("b"), "c"),
                Fingerprints.of("a", List.of(), "b", "c"),
                Fingerprints.of("a", 1),
                Fingerprints.of("a", 1.0),
                Fingerprints.of("a", "1"),
                Fingerprints.of("a", "1".getBytes(StandardCharsets.UTF_8)),
                Fingerprints.of("a", SPEC),
                Fingerprints.of("a", CurvatureSettings.newBuilder().build())))
        .doesNotHaveDuplicates();
  }

  @Test
  void of_intAndLong_areOneNumber() {
    assertThat(Fingerprints.of("a", 7)).isEqualTo(Fingerprints.of("a", 7L));
  }

  @Test
  void modelId_ofNegativeZero_isThatOfZero() {
    ModelSpec negative = ModelSpec.newBuilder().setLabelNoise(-0.0).setMomentum(-0.0).build();
    ModelSpec positive = ModelSpec.newBuilder().setLabelNoise(0.0).setMomentum(0.0).build();
    assertThat(Fingerprints.modelId(negative)).isEqualTo(Fingerprints.modelId(positive));
    assertThat(Fingerprints.cellId(negative)).isEqualTo(Fingerprints.cellId(positive));
    assertThat(Fingerprints.of("a", -0.0)).isEqualTo(Fingerprints.of("a", 0.0));
  }

  @Test
  void modelId_dependsOnEverySetting() {
    Stream.Builder<String> ids = Stream.builder();
    ids.add(Fingerprints.modelId(SPEC));
    for (Schema.Field field : ModelSpec.getClassSchema().getFields()) {
      ModelSpec other = ModelSpec.newBuilder(SPEC).build();
      Object value = other.get(field.pos());
      other.put(
          field.pos(),
          switch (field.schema().getType()) {
            case INT -> (Integer) value + 1;
            case LONG -> (Long) value + 1;
            case DOUBLE -> (Double) value / 2 + 0.01;
            case STRING -> value + "x";
            default -> List.of(1);
          });
      ids.add(Fingerprints.modelId(other));
    }
    assertThat(ids.build()).hasSize(24).doesNotHaveDuplicates();
  }

  @Test
  void cellId_isSharedByTheSeedsAndByNoModel() {
    ModelSpec other = ModelSpec.newBuilder(SPEC).setSeed(5).build();
    assertThat(Fingerprints.cellId(other)).isEqualTo(Fingerprints.cellId(SPEC));
    assertThat(Fingerprints.modelId(other)).isNotEqualTo(Fingerprints.modelId(SPEC));
    assertThat(Fingerprints.cellId(SPEC)).isNotEqualTo(Fingerprints.modelId(SPEC));
    assertThat(other.getSeed()).isEqualTo(5);
  }

  @Test
  void of_partWithoutAnEncoding_isRefused() {
    assertThatThrownBy(() -> Fingerprints.of("a", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not NaN");
    assertThatThrownBy(() -> Fingerprints.of("a", 'b'))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fingerprints.of("a", "b", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void writePart(DataOutputStream out, char kind, byte[] bytes) throws IOException {
    out.writeByte(kind);
    out.writeLong(bytes.length);
    out.write(bytes);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
