package dev.terrain.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code copy.json}: which files a copy of tables consists of. It is missing while a copy is being
 * made, so a copy that has it is whole.
 *
 * @param files the files by their names relative to the copy
 */
record CopyManifest(SortedMap<String, CopiedFile> files) {
  static final String NAME = "copy.json";

  private static final JsonMapper JSON = new JsonMapper();

  CopyManifest {
    files = new TreeMap<>(files);
  }

  byte[] toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Map.of("files", files));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sizes of the files, by their names. */
  SortedMap<String, Long> sizes() {
    SortedMap<String, Long> sizes = new TreeMap<>();
    files.forEach((name, file) -> sizes.put(name, file.size()));
    return sizes;
  }

  /** Bytes of all files. */
  long bytes() {
    return files.values().stream().mapToLong(CopiedFile::size).sum();
  }
}
