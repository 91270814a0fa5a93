package dev.terrain.google;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object of a bucket.
 *
 * @param size its number of bytes
 * @param bytes its content; empty if it is too large to be kept
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long size,
    @SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
  private static final int KEPT = 1 << 22;

  static StoredObject of(String bucket, String name, long generation, byte[] bytes) {
    return new StoredObject(
        bucket, name, generation, bytes.length, bytes.length > KEPT ? new byte[0] : bytes);
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
    resource.put("contentType", "application/octet-stream");
    resource.put("timeCreated", "2026-01-01T00:00:00.000Z");
    resource.put("updated", "2026-01-01T00:00:00.000Z");
    return resource;
  }
}
