package dev.terrain.google;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An object of a bucket.
 *
 * @param size its number of bytes
 * @param bytes its content; empty if it is too large to be kept
 * @param crc32c checksum of the whole content
 * @param metadata what its writer attached
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long size,
    @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
    String crc32c,
    Map<String, String> metadata) {
  private static final int KEPT = 1 << 22;

  static StoredObject of(
      String bucket, String name, long generation, byte[] bytes, Map<String, String> metadata) {
    return new StoredObject(
        bucket,
        name,
        generation,
        bytes.length,
        bytes.length > KEPT ? new byte[0] : bytes,
        crc32c(bytes),
        metadata);
  }

  /** The checksum as the interface writes it. */
  static String crc32c(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  /** The resource that describes it. */
  Map<String, Object> resource() {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("kind", "storage#object");
    resource.put("id", bucket + "/" + name + "/" + generation);
    resource.put("bucket", bucket);
    resource.put("name", name);
    resource.put("generation", Long.toString(generation));
    resource.put("metageneration", "1");
    resource.put("size", Long.toString(size));
    resource.put("crc32c", crc32c);
    resource.put("metadata", metadata);
    resource.put("contentType", "application/octet-stream");
    resource.put("timeCreated", "2026-01-01T00:00:00.000Z");
    resource.put("updated", "2026-01-01T00:00:00.000Z");
    return resource;
  }
}
