package dev.terrain.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.ledger.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  // Written by Python's safetensors 0.8.0: save({"weight": [[1, 2, 3], [-0.5, 0.25, 1e-3]],
  // "scale":
  // 2.5}, metadata={"format": "pt", "note": "é"}), all of float32.
  private static final byte[] PYTHON =
      HexFormat.of()
          .parseHex(
              "a8000000000000007b225f5f6d657461646174615f5f223a7b226e6f7465223a22c3a9222c22666f726d"
                  + "6174223a227074227d2c227363616c65223a7b226474797065223a22463332222c227368617065"
                  + "223a5b5d2c22646174615f6f666673657473223a5b302c345d7d2c22776569676874223a7b2264"
                  + "74797065223a22463332222c227368617065223a5b322c335d2c22646174615f6f666673657473"
                  + "223a5b342c32385d7d7d20202020202020000020400000803f0000004000004040000000bf0000"
                  + "803e6f12833a");

  private static final Tensor SCALE = new Tensor("scale", new int[0], new float[] {2.5f});
  private static final Tensor WEIGHT =
      new Tensor("weight", new int[] {2, 3}, new float[] {1, 2, 3, -0.5f, 0.25f, 1e-3f});

  @Test
  void writesTheBytesOfThePythonLibrary() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("note", "é");
    metadata.put("format", "pt");

    assertThat(Safetensors.encode(List.of(SCALE, WEIGHT), metadata)).isEqualTo(PYTHON);
  }

  @Test
  void readsAFileOfThePythonLibrary() throws CorruptCheckpointException {
    TensorFile file = Safetensors.decode(PYTHON, "file");

    assertThat(file.metadata()).containsOnly(Map.entry("format", "pt"), Map.entry("note", "é"));
    assertThat(Samples.contents(file.tensors()))
        .isEqualTo(Samples.contents(List.of(SCALE, WEIGHT)));
    // Of the last 28 bytes above, by Python's hashlib.
    assertThat(file.dataSha256())
        .isEqualTo("1c6515c3fc4be15328cff40ebe872291f5a7f21c1ee1c97c607413d39d2dd300")
        .isEqualTo(Safetensors.dataSha256(List.of(SCALE, WEIGHT)));
  }

  @Test
  void keepsOrderShapesAndBits() throws CorruptCheckpointException {
    float[] odd = {-0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 1, 2};
    float[] many = new float[100_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i / 3f;
    }
    List<Tensor> tensors =
        List.of(
            new Tensor("z", new int[] {1, 3, 2}, odd),
            new Tensor("none", new int[] {4, 0}, new float[0]),
            new Tensor("a", new int[] {100_001}, many));
    TensorFile file = Safetensors.decode(Safetensors.encode(tensors, Map.of()), "file");

    assertThat(file.metadata()).isEmpty();
    assertThat(Samples.contents(file.tensors())).isEqualTo(Samples.contents(tensors));
    assertThat(file.dataSha256()).isEqualTo(Safetensors.dataSha256(tensors));
  }

  @Test
  void alignsTheDataToEightBytes() {
    for (int length = 1; length < 10; length++) {
      byte[] file =
          Safetensors.encode(
              List.of(new Tensor("x".repeat(length), new int[] {1}, new float[1])), Map.of());
      assertThat(file.length % 8).isEqualTo(4);
    }
  }

  @Test
  void refusesEveryTruncationAndTrailingBytes() {
    for (int length = 0; length < PYTHON.length; length++) {
      byte[] part = Arrays.copyOf(PYTHON, length);
      assertThatThrownBy(() -> Safetensors.decode(part, "some/file"))
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageStartingWith("some/file: ");
    }
    assertThatThrownBy(
            () -> Safetensors.decode(Arrays.copyOf(PYTHON, PYTHON.length + 1), "some/file"))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining("28 of 29");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                                               | no JSON object",
        "{} {}                                                            | not JSON",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}      | Duplicate field 'a'",
        "{'a':{'dtype':'BF16','shape':[4],'data_offsets':[0,8]}}          | dtype 'BF16'",
        "{'a':{'shape':[2],'data_offsets':[0,8]}}                         | dtype ''",
        "{'a':{'dtype':'F32','shape':[2]}}                                | data_offsets",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}          | shape [-2]",
        "{'a':{'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]}}       | shape [-1,-2]",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}         | shape [2.0]",
        "{'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}         | shape ['2']",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}             | shape 2",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}           | shape [3]",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296,4294967298],"
            + "'data_offsets':[0,8]}}                                     | shape [4294967296",
        "{'a':{'dtype':'F32','shape':[65536,65536,2],'data_offsets':[0,8]}} | shape [65536",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | shape [9999",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}           | data_offsets [8,0]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}          | data_offsets [-8,0]",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}          | data_offsets [0,12]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}         | data_offsets [0,8,8]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}           | begins at byte 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}      | 'b' begins at byte 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}           | end at byte 4 of 8",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'__metadata__':{'x':1}} | 'x'",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'__metadata__':[]} | metadata",
        "{'a':[]}                                                         | dtype ''"
      },
      quoteCharacter = '~')
  void refusesAHeaderThatDoesNotDescribeTheData(String header, String problem) {
    byte[] json = header.replace('\'', '"').getBytes(UTF_8);
    byte[] file =
        ByteBuffer.allocate(8 + json.length + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array();

    assertThatThrownBy(() -> Safetensors.decode(file, "some/file"))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageStartingWith("some/file: ")
        .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).contains(problem));
  }

  @Test
  void refusesAHeaderLongerThanTheFile() {
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 9}) {
      byte[] file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertThatThrownBy(() -> Safetensors.decode(file, "some/file"))
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining(Long.toUnsignedString(length));
    }
  }

  @Test
  void refusesToWriteWhatCouldNotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.encode(List.of(SCALE, SCALE), Map.of()))
        .withMessageContaining("'scale'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Safetensors.encode(
                    List.of(new Tensor("__metadata__", new int[] {0}, new float[0])), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tensor("a", new int[] {2, 2}, new float[3]))
        .withMessageContaining("4 values, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tensor("a", new int[] {-1, -3}, new float[3]))
        .withMessageContaining("negative");
  }
}
