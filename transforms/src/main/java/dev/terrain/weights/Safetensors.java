package dev.terrain.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file format safetensors, for tensors of float32: the length of the header in 8 bytes
 * (little-endian), the header in JSON, padded with spaces to a multiple of 8 bytes, and the tensors
 * one after the other, row-major and little-endian. The header's first entry, {@code __metadata__},
 * maps texts to texts; each further one gives a tensor's dtype, shape and place in the data.
 *
 * <p>A file is held in memory as a whole and can have 2 GiB at most.
 */
public final class Safetensors {
  static final String METADATA = "__metadata__";
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;
  private static final int CHUNK = 1 << 14;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Safetensors() {}

  /**
   * A file of these tensors, in their order.
   *
   * @throws IllegalArgumentException if two tensors share a name, a tensor is named {@code
   *     __metadata__}, or the file would be larger than 2 GiB
   */
  public static byte[] encode(List<Tensor> tensors, Map<String, String> metadata) {
    byte[] header = header(tensors, metadata);
    int padded = (header.length + 7) & ~7;
    long length = (long) Long.BYTES + padded + dataLength(tensors);
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "tensors of " + length + " bytes; a file can have " + MAX_LENGTH);
    }
    byte[] file = new byte[(int) length];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(header);
    Arrays.fill(file, out.position(), Long.BYTES + padded, (byte) ' ');
    out.position(Long.BYTES + padded);
    FloatBuffer numbers = out.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (Tensor tensor : tensors) {
      numbers.put(tensor.values());
    }
    return file;
  }

  private static byte[] header(List<Tensor> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    Set<String> names = new HashSet<>(Set.of(METADATA));
    long offset = 0;
    for (Tensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "tensor name '" + tensor.name() + "' is reserved or used twice");
      }
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      Arrays.stream(tensor.shape()).forEach(shape::add);
      long end = offset + (long) Float.BYTES * tensor.values().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    try {
      return JSON.writeValueAsBytes(header);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long dataLength(List<Tensor> tensors) {
    long length = 0;
    for (Tensor tensor : tensors) {
      length += (long) Float.BYTES * tensor.values().length;
    }
    return length;
  }

  /** SHA-256 (hex) of the bytes that follow the header in a file of these tensors. */
  public static String dataSha256(List<Tensor> tensors) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors) {
      float[] values = tensor.values();
      for (int from = 0; from < values.length; from += CHUNK) {
        int count = Math.min(CHUNK, values.length - from);
        chunk.asFloatBuffer().put(values, from, count);
        digest.update(chunk.array(), 0, count * Float.BYTES);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a file.
   *
   * @param file the name of the file, for messages
   * @throws CorruptCheckpointException if the file is truncated, has bytes to spare, gaps or
   *     overlaps, its header is no such header, or a tensor's dtype is not F32
   */
  public static TensorFile decode(byte[] bytes, String file) throws CorruptCheckpointException {
    SafetensorsHeader header = SafetensorsHeader.parse(bytes, file);
    ByteBuffer data =
        ByteBuffer.wrap(bytes, header.dataStart(), bytes.length - header.dataStart())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Tensor> tensors = new ArrayList<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      float[] values = new float[entry.count()];
      data.slice(entry.offset(), entry.count() * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      tensors.add(new Tensor(entry.name(), entry.shape(), values));
    }
    String hash = Sha256.hex(bytes, header.dataStart(), bytes.length - header.dataStart());
    return new TensorFile(List.copyOf(tensors), header.metadata(), hash);
  }
}
