package dev.terrain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.UnitResult;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final String KEY = "ab12";
  private static final UnitResult RESULT = Samples.unitResult("train", KEY);

  @TempDir Path folder;
  private ObjectStore store;
  private Ledger ledger;

  @BeforeEach
  void openStore() {
    store = ObjectStores.open(folder.toString());
    ledger = new Ledger(store);
  }

  @Test
  void findsWhatWasRecorded() throws IOException {
    assertThat(ledger.find("train", KEY)).isEmpty();
    assertThat(ledger.record(RESULT)).isTrue();

    assertThat(ledger.find("train", KEY)).contains(RESULT);
    assertThat(ledger.find("curvature", KEY)).isEmpty();
    assertThat(store.list("")).containsExactly("ledger/train/ab/ab12.avro");
  }

  @Test
  void keepsTheFirstRecord() throws IOException {
    ledger.record(RESULT);
    UnitResult second = UnitResult.newBuilder(RESULT).setDurationMs(1).build();

    assertThat(ledger.record(second)).isFalse();
    assertThat(ledger.find("train", KEY)).contains(RESULT);
  }

  @Test
  void listsTheKeysOfAStage() throws IOException {
    for (String key : List.of("ffee", "ab12", "ab11")) {
      ledger.record(Samples.unitResult("train", key));
    }
    ledger.record(Samples.unitResult("train-more", "cc00"));
    store.write("ledger/train/ab/notes.txt", new byte[0]);

    assertThat(ledger.keys("train")).containsExactlyInAnyOrder("ab11", "ab12", "ffee");
    assertThat(ledger.keys("curvature")).isEmpty();
  }

  @Test
  void writesAFileThatAvrosOwnReadersOpen() throws IOException {
    ledger.record(RESULT);
    File file = new File(store.uri(Ledger.name("train", KEY)));

    SpecificDatumReader<UnitResult> datum = new SpecificDatumReader<>(UnitResult.class);
    try (DataFileReader<UnitResult> reader = new DataFileReader<>(file, datum)) {
      assertThat(reader.next()).isEqualTo(RESULT);
      assertThat(reader.hasNext()).isFalse();
    }
    GenericDatumReader<GenericRecord> generic = new GenericDatumReader<>();
    try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file, generic)) {
      assertThat(reader.getSchema().getField("computed_at").schema().getLogicalType().getName())
          .isEqualTo("timestamp-micros");
      assertThat(reader.next().get("computed_at")).isEqualTo(1_000_005L);
    }
  }

  @Test
  void readsARecordOfAnOlderSchema() throws IOException {
    Schema older =
        without(
            without(UnitResult.getClassSchema(), "Model", "train_loss"), "Measurement", "reason");
    GenericRecord result = (GenericRecord) convert(RESULT, older);
    try (ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<>(older))) {
      writer.create(older, out).append(result);
      writer.flush();
      store.write(Ledger.name("train", KEY), out.toByteArray());
    }
    UnitResult found = ledger.find("train", KEY).orElseThrow();

    assertThat(found.getModels().get(1).getTrainLoss()).isNull();
    assertThat(found.getMeasurements().get(1).getReason()).isNull();
    assertThat(found.getModels().get(1).getTestLoss()).isEqualTo(0.1);
    assertThat(found.getPaths()).isEqualTo(RESULT.getPaths());
    assertThat(found.getComputedAt()).isEqualTo(RESULT.getComputedAt());
  }

  @Test
  void aRecordWhoseSchemaHasAnEndlessListEndsSoonAndNamesItself() throws IOException {
    Schema endless =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"UnitResult\",\"namespace\":\"dev.terrain.v1\",\"fields\":["
                    + "{\"name\":\"extra\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}");
    try (ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<>(endless))) {
      writer.create(endless, out);
      // The list's number of items: 2^60.
      ByteArrayOutputStream datum = new ByteArrayOutputStream();
      EncoderFactory.get().directBinaryEncoder(datum, null).writeLong(1L << 60);
      writer.appendEncoded(ByteBuffer.wrap(datum.toByteArray()));
      writer.flush();
      store.write(Ledger.name("train", KEY), out.toByteArray());
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> ledger.find("train", KEY))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining(Ledger.name("train", KEY)));
  }

  @Test
  void saysWhatToDoAboutATruncatedRecord() throws IOException {
    ledger.record(RESULT);
    String name = Ledger.name("train", KEY);
    byte[] whole = store.read(name).orElseThrow();
    for (int length = 0; length < whole.length; length += 97) {
      store.write(name, Arrays.copyOf(whole, length));
      assertCorrupt();
    }
    store.write(name, Arrays.copyOf(whole, whole.length + 1));
    assertCorrupt();
  }

  @Test
  void noticesAFlippedBitInTheRecord() throws IOException {
    ledger.record(RESULT);
    String name = Ledger.name("train", KEY);
    byte[] whole = store.read(name).orElseThrow();
    for (int position = whole.length - 500; position < whole.length; position += 7) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 4;
      store.write(name, damaged);
      assertCorrupt();
    }
  }

  @Test
  void aFlippedBitAnywhereIsNoticedOrChangesNothing() throws IOException {
    ledger.record(RESULT);
    String name = Ledger.name("train", KEY);
    byte[] whole = store.read(name).orElseThrow();
    int noticed = 0;
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= (byte) (1 << position % 8);
      store.write(name, damaged);
      try {
        assertThat(ledger.find("train", KEY)).as("byte %d", position).contains(RESULT);
      } catch (CorruptRecordException e) {
        assertThat(e).hasMessageContaining(name);
        noticed++;
      }
    }
    // What does not matter are names of hashes, and unused bits.
    assertThat(noticed).isGreaterThan(whole.length - 100);
  }

  @Test
  void refusesAnotherUnitsRecord() throws IOException {
    ledger.record(Samples.unitResult("train", "ab99"));
    store.write(Ledger.name("train", KEY), store.read(Ledger.name("train", "ab99")).orElseThrow());
    assertCorrupt();
  }

  @Test
  void refusesStagesAndKeysThatAreNoNames() {
    for (String key : List.of("", "a", "AB12", "../..", "xyz", "a".repeat(65))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ledger.find("train", key))
          .withMessageContaining("'" + key + "'");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.keys("../train"));
  }

  private void assertCorrupt() {
    assertThatThrownBy(() -> ledger.find("train", KEY))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(store.uri(Ledger.name("train", KEY)))
        .hasMessageContaining("'terrain run --rerun-failed' compute the unit anew");
  }

  /** A schema in which every record of one name lacks one field. */
  private static Schema without(Schema schema, String record, String field) {
    return switch (schema.getType()) {
      case ARRAY -> Schema.createArray(without(schema.getElementType(), record, field));
      case RECORD -> {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field each : schema.getFields()) {
          if (!schema.getName().equals(record) || !each.name().equals(field)) {
            Schema type = without(each.schema(), record, field);
            fields.add(new Schema.Field(each, type));
          }
        }
        yield Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
      }
      default -> schema;
    };
  }

  /** The same datum as generic records of another schema, fields found by their names. */
  private static Object convert(Object datum, Schema schema) {
    if (datum instanceof List<?> list) {
      return list.stream().map(item -> convert(item, schema.getElementType())).toList();
    }
    if (datum instanceof IndexedRecord record) {
      GenericRecord converted = new GenericData.Record(schema);
      for (Schema.Field field : schema.getFields()) {
        Object value = record.get(record.getSchema().getField(field.name()).pos());
        converted.put(field.pos(), convert(value, field.schema()));
      }
      return converted;
    }
    if (datum instanceof Instant instant) {
      return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
    if (datum instanceof Enum<?> symbol) {
      return new GenericData.EnumSymbol(schema, symbol.name());
    }
    return datum;
  }
}
