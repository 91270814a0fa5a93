package dev.terrain.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class ContainerBoundsTest {
  private static byte[] axes(CodecFactory codec, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Axis> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Axis.class))) {
      writer.setCodec(codec).create(Axis.getClassSchema(), bytes);
      for (int i = 0; i < count; i++) {
        writer.append(new Axis("width", Arrays.asList("1", Integer.toString(i))));
      }
    }
    return bytes.toByteArray();
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  @Test
  void filesThatAvroWrites_areWithinTheBounds() throws IOException {
    for (CodecFactory codec :
        new CodecFactory[] {CodecFactory.nullCodec(), CodecFactory.deflateCodec(6)}) {
      byte[] file = axes(codec, 20_000);

      assertThatCode(() -> ContainerBounds.check(in(file))).doesNotThrowAnyException();
      assertThatCode(() -> ContainerBounds.checkRecords(file, 20_000, 1 << 20))
          .doesNotThrowAnyException();
      assertThatIOException()
          .isThrownBy(() -> ContainerBounds.checkRecords(file, 19_999, 1 << 20))
          .withMessage("more than 19999 records");
      assertThatIOException()
          .isThrownBy(() -> ContainerBounds.checkRecords(file, 20_000, 1 << 10))
          .withMessage("its records have more than 1024 bytes");
    }
  }

  @Test
  void everyLengthThatIsCutShort_isNoticed() throws IOException {
    byte[] file = axes(CodecFactory.deflateCodec(6), 3);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      // Where the blocks begin a file may end.
      if (file.length - length == blockLength(file)) {
        continue;
      }
      assertThatIOException()
          .as("%d of %d bytes", length, file.length)
          .isThrownBy(() -> ContainerBounds.check(in(cut)));
    }
  }

  /** The one block ends the file: its number of records, its length, itself and the mark. */
  private static int blockLength(byte[] file) {
    byte[] sync = Arrays.copyOfRange(file, file.length - 16, file.length);
    for (int i = 0; i < file.length - 16; i++) {
      if (Arrays.equals(sync, 0, 16, file, i, i + 16)) {
        return file.length - i - 16;
      }
    }
    throw new AssertionError("without a mark");
  }

  @Test
  void blocksThatPromiseMoreThanTheyHold_areRefused() throws IOException {
    byte[] file = axes(CodecFactory.nullCodec(), 3);
    int count = file.length - blockLength(file);
    file[count] = 126;

    assertThatIOException()
        .isThrownBy(() -> ContainerBounds.check(in(file)))
        .withMessage("a block promises more records than its bytes can hold");
  }

  @Test
  void leastBytes_areThoseOfTheShortestDatum() throws IOException {
    assertThat(SchemaBounds.leastBytes(Axis.getClassSchema())).isEqualTo(2);
    for (String[] known :
        new String[][] {
          {"\"null\"", "0"},
          {"\"double\"", "8"},
          {"[\"null\",\"double\"]", "1"},
          {"[\"float\",\"double\"]", "5"},
          {"{\"type\":\"fixed\",\"name\":\"F\",\"size\":16}", "16"},
          {"{\"type\":\"map\",\"values\":\"null\"}", "1"}
        }) {
      assertThat(SchemaBounds.leastBytes(new Schema.Parser().parse(known[0])))
          .as(known[0])
          .isEqualTo(Integer.parseInt(known[1]));
    }
  }

  @Test
  void allSchemasOfTerrain_areWithinTheBounds() throws IOException {
    for (Schema schema :
        new Schema[] {
          UnitResult.getClassSchema(),
          Model.getClassSchema(),
          ModelSpec.getClassSchema(),
          Sweep.getClassSchema(),
          LedgerSegment.getClassSchema()
        }) {
      assertThat(SchemaBounds.parse(schema.toString())).isEqualTo(schema);
    }
  }
}
