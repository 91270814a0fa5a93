package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avro files that promise what they do not have end soon, cost little, and are not repeated. */
class HostileSpecFilesTest {
  /** Of the processor: others may keep it busy. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final long MOST_BYTES = 128 << 20;
  private static final String SECRET = "root:x:0:0";

  /** Writes parts of a file in Avro's binary form. */
  private interface Part {
    void write(BinaryEncoder out) throws IOException;
  }

  private static byte[] bytes(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    part.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] file(String schema, String codec, long records, byte[] block)
      throws IOException {
    byte[] sync = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    return bytes(
        out -> {
          out.writeFixed(new byte[] {'O', 'b', 'j', 1});
          out.writeMapStart();
          out.setItemCount(2);
          out.startItem();
          out.writeString("avro.schema");
          out.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
          out.startItem();
          out.writeString("avro.codec");
          out.writeBytes(codec.getBytes(StandardCharsets.UTF_8));
          out.writeMapEnd();
          out.writeFixed(sync);
          out.writeLong(records);
          out.writeBytes(block);
          out.writeFixed(sync);
        });
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"ModelSpec\",\"namespace\":\"dev.terrain.v1\",\"fields\":["
        + fields
        + "]}";
  }

  private static String field(String type) {
    return record("{\"name\":\"extra\",\"type\":" + type + "}");
  }

  private static void assertRefused(byte[] file, String why) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class, () -> SpecFile.read(file, "requests/x.avro"));
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(LONGEST);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    assertThat(refused)
        .hasMessageStartingWith("requests/x.avro: not an Avro file of ModelSpec records: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Long.MAX_VALUE, 1, -1, Long.MIN_VALUE})
  void recordsWithoutBytes_areNotBelieved(long records) throws IOException {
    assertRefused(
        file(record(""), "null", records, new byte[0]), "more records than its bytes can hold");
  }

  @Test
  void moreRecordsThanMayBe_areRefused() throws IOException {
    byte[] block = new byte[SpecFile.MAX_SPECS + 1];

    assertRefused(
        file(field("\"int\""), "null", block.length, block),
        "more than " + SpecFile.MAX_SPECS + " records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"null\"", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}"})
  void listsOfItemsWithoutBytes_areRefused(String item) throws IOException {
    byte[] list = bytes(out -> out.writeLong(1L << 60));

    assertRefused(
        file(field("{\"type\":\"array\",\"items\":" + item + "}"), "null", 1, list),
        "a list of items without bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":\"int\"}",
        "{\"type\":\"map\",\"values\":\"null\"}"
      })
  void listsThatPromiseMoreThanThereIs_areRefused(String type) throws IOException {
    for (long count : new long[] {1L << 31, 1L << 40, -(1L << 40), Long.MIN_VALUE}) {
      byte[] list =
          bytes(
              out -> {
                out.writeLong(count);
                out.writeLong(1);
              });

      assertRefused(file(field(type), "null", 1, list), "more items than may be");
    }
  }

  @Test
  void textsThatPromiseMoreThanThereIs_areRefused() throws IOException {
    for (long length : new long[] {1L << 30, 1L << 60, -1}) {
      assertRefused(
          file(field("\"string\""), "null", 1, bytes(out -> out.writeLong(length))), "truncated");
    }
  }

  @Test
  void typesThatContainThemselves_areRefused() throws IOException {
    String list = record("{\"name\":\"next\",\"type\":[\"null\",\"ModelSpec\"],\"default\":null}");
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 2);
    deep[deep.length - 1] = 0;

    assertRefused(file(list, "null", 1, deep), "a type that contains itself");
  }

  @Test
  void typesThatDoubleWithEachLevel_areRefused() throws IOException {
    StringBuilder doubling = new StringBuilder("\"int\"");
    for (int i = 0; i < 40; i++) {
      String half = "{\"name\":\"a\",\"type\":" + doubling + "}";
      doubling =
          new StringBuilder(
              "{\"type\":\"record\",\"name\":\"R"
                  + i
                  + "\",\"fields\":["
                  + half
                  + ",{\"name\":\"b\",\"type\":"
                  + (i == 0 ? "\"int\"" : "\"R" + (i - 1) + "\"")
                  + "}]}");
    }

    assertRefused(file(field(doubling.toString()), "null", 1, new byte[64]), "parts");
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 30_000})
  void typesNestedDeeply_areRefused(int depth) throws IOException {
    String type = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);

    assertRefused(file(field(type), "null", 1, new byte[1]), "its schema is none");
  }

  @Test
  void typesOfManyBytes_areRefused() throws IOException {
    assertRefused(
        file(
            field("{\"type\":\"fixed\",\"name\":\"F\",\"size\":536870912}"),
            "null",
            1,
            new byte[8]),
        "a type of more than");
  }

  @Test
  void whatInflatesToMoreThanMayBe_isRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bomb, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }

    assertRefused(
        file(field("\"int\""), "deflate", 10, bomb.toByteArray()),
        "more than " + SpecFile.MAX_BYTES + " bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "bzip2", "xz", "zstandard", SECRET})
  void otherCompression_isRefused(String codec) throws IOException {
    assertRefused(file(field("\"int\""), codec, 1, new byte[] {0}), "deflate");
  }

  @Test
  void nothingOfARefusedFileIsRepeated() throws IOException {
    String text = "\"" + SECRET + "\"";
    byte[] block = bytes(out -> out.writeString(SECRET));
    byte[] long16 = bytes(out -> out.writeLong(Long.MAX_VALUE));

    assertRefused((SECRET + "\n").repeat(50).getBytes(StandardCharsets.UTF_8), "no Avro");
    assertRefused(file(text, "null", 1, block), "its schema is none");
    assertRefused(file("{\"type\":" + text + "}", "null", 1, block), "its schema is none");
    assertRefused(
        file(record("{\"name\":\"width\",\"type\":\"string\"}"), "null", 1, block),
        "record 1 is none");
    assertRefused(
        file("{\"type\":\"enum\",\"name\":\"Secret\",\"symbols\":[\"root\"]}", "null", 1, long16),
        "record 1 is none");
    byte[] named = file(record("{\"name\":\"dataset\",\"type\":\"string\"}"), "null", 1, block);
    assertThatExceptionOfType(RefusedRequestException.class)
        .isThrownBy(() -> SpecFile.read(named, "x.avro"))
        .withMessageContaining("x.avro: record 1: base.dataset: must be one of digits")
        .withMessageNotContaining("root");
  }

  @Test
  void manySpecs_areRead_alsoIfDeflated() throws IOException {
    ModelSpec spec = ModelSpec.newBuilder().setWidth(3).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<ModelSpec> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ModelSpec.class))) {
      writer.setCodec(CodecFactory.deflateCodec(9)).create(ModelSpec.getClassSchema(), bytes);
      for (int i = 0; i < 10_000; i++) {
        writer.append(ModelSpec.newBuilder(spec).setSeed(i).build());
      }
    }

    List<ModelSpec> specs = SpecFile.read(bytes.toByteArray(), "x.avro");

    assertThat(specs)
        .hasSize(10_000)
        .last()
        .isEqualTo(ModelSpec.newBuilder(spec).setSeed(9_999).build());
  }
}
