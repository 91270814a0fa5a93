package dev.terrain.tables;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A file that a stream has added to a table: {@code part-stream-<hash>.avro}. No manifest can list
 * files that still become more, so the hash in its name says what it holds, and an object {@code
 * tables/streamed/<table>-<hash>} that it was written.
 */
final class StreamedFile {
  private static final Pattern NAME =
      Pattern.compile("tables/[a-z_]+/part-stream-([0-9a-f]{64}|[0-9a-f]{32})\\.avro");
  private static final Pattern MARKER = Pattern.compile("tables/streamed/([a-z_]+)-([0-9a-f]{64})");

  /** Folder of the objects that say which files were written. */
  static final String MARKERS = "tables/streamed";

  private StreamedFile() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The file that an object speaks of; null if it speaks of none. */
  static String ofMarker(String marker) {
    Matcher parts = MARKER.matcher(marker);
    return parts.matches()
        ? "tables/" + parts.group(1) + "/part-stream-" + parts.group(2) + ".avro"
        : null;
  }

  /** Whether a file of some SHA-256 has that in its name. */
  static boolean isNamedBy(String name, String sha256) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() && parts.group(1).equals(sha256);
  }

  /** Whether a file holds what its name says. */
  static boolean isSound(String name, byte[] file) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return false;
    }
    String hash = parts.group(1);
    return hash.length() == 64
        ? hash.equals(TablesManifest.sha256(file))
        : hash.equals(hashOfRows(file).substring(0, hash.length()));
  }

  /** By this, shortened, earlier streams named their files. */
  private static String hashOfRows(byte[] file) {
    MessageDigest digest = TablesManifest.digest();
    try (DataFileStream<GenericRecord> rows =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      while (rows.hasNext()) {
        digest.update(rows.nextBlock());
      }
    } catch (IOException | AvroRuntimeException e) {
      return "-".repeat(64);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
