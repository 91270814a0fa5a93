package dev.terrain.weights;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a safetensors file, checked against the file: every tensor's place has the length
 * that its shape asks for, and the places cover the data without gap or overlap.
 *
 * @param entries the tensors in the order of the header
 * @param metadata the texts
 * @param dataStart position of the first byte after the header
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, int dataStart) {
  // The format's reference implementation allows as much.
  private static final long MAX_HEADER = 100_000_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * One tensor.
   *
   * @param offset its first byte, counted from the start of the data
   * @param count its numbers
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, int[] shape, int offset, int count) {
    long end() {
      return offset + (long) Float.BYTES * count;
    }
  }

  static SafetensorsHeader parse(byte[] bytes, String file) throws CorruptCheckpointException {
    if (bytes.length < Long.BYTES) {
      throw new CorruptCheckpointException(
          file, bytes.length + " bytes are too few for a safetensors file");
    }
    long length = headerLength(bytes);
    if (length < 0 || length > Math.min(MAX_HEADER, bytes.length - Long.BYTES)) {
      throw new CorruptCheckpointException(
          file,
          "a header of "
              + Long.toUnsignedString(length)
              + " bytes does not fit into a file of "
              + bytes.length);
    }
    JsonNode json = json(bytes, (int) length, file);
    int dataStart = Long.BYTES + (int) length;
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (field.getKey().equals(Safetensors.METADATA)) {
        readMetadata(field.getValue(), metadata, file);
      } else {
        entries.add(entry(field.getKey(), field.getValue(), bytes.length - dataStart, file));
      }
    }
    checkCover(entries, bytes.length - dataStart, file);
    return new SafetensorsHeader(entries, Collections.unmodifiableMap(metadata), dataStart);
  }

  /**
   * The texts of a file of which only the beginning is at hand; empty if the header does not end
   * there.
   */
  static Optional<Map<String, String>> metadata(byte[] beginning, String file)
      throws CorruptCheckpointException {
    if (beginning.length < Long.BYTES
        || headerLength(beginning) > beginning.length - Long.BYTES
        || headerLength(beginning) < 0) {
      return Optional.empty();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    JsonNode header = json(beginning, (int) headerLength(beginning), file);
    if (header.has(Safetensors.METADATA)) {
      readMetadata(header.get(Safetensors.METADATA), metadata, file);
    }
    return Optional.of(metadata);
  }

  private static long headerLength(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static JsonNode json(byte[] bytes, int length, String file)
      throws CorruptCheckpointException {
    JsonNode json;
    try {
      json = JSON.readTree(bytes, Long.BYTES, length);
    } catch (IOException e) {
      throw new CorruptCheckpointException(file, "the header is not JSON: " + e.getMessage());
    }
    if (json == null || !json.isObject()) {
      throw new CorruptCheckpointException(file, "the header is no JSON object");
    }
    return json;
  }

  private static void readMetadata(JsonNode json, Map<String, String> metadata, String file)
      throws CorruptCheckpointException {
    if (!json.isObject()) {
      throw new CorruptCheckpointException(file, "the metadata is no JSON object");
    }
    for (Map.Entry<String, JsonNode> text : json.properties()) {
      if (!text.getValue().isTextual()) {
        throw new CorruptCheckpointException(
            file, "metadata '" + text.getKey() + "' is no text: " + text.getValue());
      }
      metadata.put(text.getKey(), text.getValue().textValue());
    }
  }

  private static Entry entry(String name, JsonNode json, long dataLength, String file)
      throws CorruptCheckpointException {
    String tensor = "tensor '" + name + "' ";
    String dtype = json.path("dtype").asText();
    if (!dtype.equals("F32")) {
      throw new CorruptCheckpointException(
          file, tensor + "has dtype '" + dtype + "'; only F32 is read");
    }
    JsonNode offsets = json.path("data_offsets");
    long begin = number(offsets.path(0));
    long end = number(offsets.path(1));
    if (offsets.size() != 2 || begin < 0 || end < begin || end > dataLength) {
      throw new CorruptCheckpointException(
          file, tensor + "has data_offsets " + offsets + " in data of " + dataLength + " bytes");
    }
    JsonNode lengths = json.path("shape");
    boolean fits = lengths.isArray();
    int[] shape = new int[lengths.size()];
    long count = 1;
    for (int i = 0; i < shape.length && fits; i++) {
      long length = number(lengths.path(i));
      fits = length >= 0 && length <= Integer.MAX_VALUE;
      shape[i] = (int) length;
      // Neither factor exceeds 2^31, so the product cannot overflow.
      count *= Math.max(length, 0);
      fits &= count <= Integer.MAX_VALUE;
    }
    if (!fits || count * Float.BYTES != end - begin) {
      throw new CorruptCheckpointException(
          file, tensor + "of shape " + lengths + " does not fit data_offsets " + offsets);
    }
    return new Entry(name, shape, (int) begin, (int) count);
  }

  /** A non-negative whole number, or -1. */
  private static long number(JsonNode json) {
    return json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : -1;
  }

  private static void checkCover(List<Entry> entries, long dataLength, String file)
      throws CorruptCheckpointException {
    List<Entry> ascending = new ArrayList<>(entries);
    ascending.sort(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : ascending) {
      if (entry.offset() != end) {
        throw new CorruptCheckpointException(
            file,
            "tensor '" + entry.name() + "' begins at byte " + entry.offset() + ", not at " + end);
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw new CorruptCheckpointException(
          file, "the tensors end at byte " + end + " of " + dataLength + " bytes of data");
    }
  }
}
