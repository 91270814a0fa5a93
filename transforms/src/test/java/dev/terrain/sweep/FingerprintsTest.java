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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
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

  @Test
  void of_record_hashesItsNameAndTheSortedPairsThatAreNoDefaults() throws Exception {
    Schema schema =
        SchemaBuilder.record("R")
            .namespace("n")
            .doc("left out")
            .fields()
            .requiredString("b")
            .requiredInt("a")
            .name("c")
            .type()
            .doubleType()
            .doubleDefault(0.5)
            .name("d")
            .type()
            .intType()
            .intDefault(7)
            .endRecord();
    GenericData.Record record =
        new GenericRecordBuilder(schema).set("a", -2).set("b", "xy").set("d", 8).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writePart(out, 'S', "model".getBytes(StandardCharsets.UTF_8));
    writePart(out, 'R', "n.R".getBytes(StandardCharsets.UTF_8));
    out.writeLong(3);
    writePart(out, 'S', new byte[] {'a'});
    writePart(out, 'I', new byte[] {-1, -1, -1, -1, -1, -1, -1, -2});
    writePart(out, 'S', new byte[] {'b'});
    writePart(out, 'S', new byte[] {'x', 'y'});
    writePart(out, 'S', new byte[] {'d'});
    writePart(out, 'I', new byte[] {0, 0, 0, 0, 0, 0, 0, 8});
    assertThat(Fingerprints.of("model", record)).isEqualTo(sha256(bytes.toByteArray()));
  }

  @Test
  void of_aPreparedPart_isThatOfThePart() {
    CurvatureSettings settings = CurvatureSettings.newBuilder().setExamples(50).build();
    for (Object part : List.of("ä", 3, -0.0, List.of("a", 2L), SPEC, settings)) {
      assertThat(Fingerprints.of("a", 1, Fingerprints.prepared(part), "b"))
          .isEqualTo(Fingerprints.of("a", 1, part, "b"));
    }
  }

  @Test
  void cellId_isThatOfTheSpecWithSeed0() {
    ModelSpec spec = ModelSpec.newBuilder(SPEC).setWidth(3).setSeed(7).build();
    ModelSpec cell = ModelSpec.newBuilder(spec).setSeed(0).build();
    assertThat(Fingerprints.cellId(spec))
        .isEqualTo(Fingerprints.cellId(cell))
        .isEqualTo(Fingerprints.of("cell", cell));
  }

  /**
   * A setting that comes later, with a default that means 'as before', changes no id and no key.
   */
  @Test
  void of_aRecordWithOneMoreSettingAtItsDefault_isWhatItWas() {
    for (SpecificRecord settings :
        List.of(
            ModelSpec.newBuilder(SPEC).setWidth(3).build(),
            CurvatureSettings.newBuilder().setExamples(50).build())) {
      GenericData.Record grown = grown(settings);
      assertThat(Fingerprints.of("a", grown)).isEqualTo(Fingerprints.of("a", settings));
      grown.put("a_dummy_setting", 4);
      assertThat(Fingerprints.of("a", grown)).isNotEqualTo(Fingerprints.of("a", settings));
    }
  }

  private static GenericData.Record grown(SpecificRecord settings) {
    Schema schema = settings.getSchema();
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field("a_dummy_setting", Schema.create(Schema.Type.INT), "", 3));
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    GenericData.Record grown =
        new GenericData.Record(
            Schema.createRecord(schema.getName(), "", schema.getNamespace(), false, fields));
    schema.getFields().forEach(field -> grown.put(field.name(), settings.get(field.pos())));
    grown.put("a_dummy_setting", 3);
    return grown;
  }

  /**
   * What ids were before they said only what differs names the streams, whose bits never change.
   */
  @Test
  void streamNames_areTheFormerIdsForEver() {
    assertThat(StreamNames.ofModel(SPEC))
        .isEqualTo("9c6d53dafe7f31f39f7cb7f69abc7fd3c82703d5dc58202b7c440774cc47942d");
  }

  /** No field differs from its default, so the ids are those of the bare name of the schema. */
  @Test
  void ids_ofTheDefaultSpec_areTheseForEver() {
    assertThat(Fingerprints.modelId(SPEC))
        .isEqualTo("ae76cc680d9d514995fe620c6be62ef49f163445bd8ca3309199bf27bf39660f");
    assertThat(Fingerprints.cellId(SPEC))
        .isEqualTo("c86d96a8165c8f2d63c4d29be6890d25eebe612cbf703b0d6f56361f122aef30");
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
