package dev.terrain.tables;

import dev.terrain.v1.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes tables as the pipelines do, with Avro's own writer. */
public final class TableFixture {

  private TableFixture() {}

  static Failure failure(String stage, String message) {
    return Failure.newBuilder()
        .setStage(stage)
        .setExceptionClass("java.lang.IllegalStateException")
        .setMessage(message)
        .setAttempt(1)
        .setFailedAt(Instant.parse("2026-03-01T12:30:00.000250Z"))
        .build();
  }

  /** Writes one file of a table, and a manifest of all that there are then. */
  public static Path write(
      Path study, Table table, String file, List<? extends SpecificRecord> rows)
      throws IOException {
    Path path = study.resolve("tables").resolve(table.folder()).resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes(table, rows));
    seal(study);
    return path;
  }

  /** Adds a file to a table as a stream does, which has no manifest. */
  public static Path stream(Path study, Table table, List<? extends SpecificRecord> rows)
      throws IOException {
    byte[] bytes = bytes(table, rows);
    String hash = TablesManifest.sha256(bytes);
    Path path = study.resolve("tables/" + table.folder() + "/part-stream-" + hash + ".avro");
    Path marker = study.resolve("tables/streamed/" + table.folder() + "-" + hash);
    Files.createDirectories(path.getParent());
    Files.createDirectories(marker.getParent());
    Files.write(path, bytes);
    Files.write(marker, new byte[0]);
    return path;
  }

  /** A row as it lies in a file. */
  static byte[] encoded(Failure row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(Failure.class).write(row, encoder);
    return bytes.toByteArray();
  }

  /** Removes what says which files a stream has written. */
  static void forgetStreamed(Path study) throws IOException {
    for (String marker : TableFiles.local(study).list(StreamedFile.MARKERS)) {
      Files.delete(study.resolve(marker));
    }
  }

  private static byte[] bytes(Table table, List<? extends SpecificRecord> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(table.schema()))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(table.schema(), bytes);
      for (SpecificRecord row : rows) {
        writer.append(row);
      }
    }
    return bytes.toByteArray();
  }

  /** Declares the tables that there are those that were written; others get a file without rows. */
  public static void seal(Path study) throws IOException {
    TableFiles files = TableFiles.local(study);
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Table table : Table.values()) {
      List<String> names = parts(files, table);
      if (names.isEmpty()) {
        String name = "tables/" + table.folder() + "/part-00000-of-00001.avro";
        Files.createDirectories(study.resolve(name).getParent());
        Files.write(study.resolve(name), bytes(table, List.of()));
        names = List.of(name);
      }
      for (String name : names) {
        hashes.put(name, TablesManifest.sha256(Files.readAllBytes(study.resolve(name))));
      }
    }
    TablesManifest manifest =
        new TablesManifest(
            new TablesOwner("fixture", null, null, null), null, hashes, new TreeMap<>());
    Files.write(study.resolve(TablesManifest.NAME), manifest.toJson());
  }

  private static List<String> parts(TableFiles files, Table table) throws IOException {
    return files.list("tables/" + table.folder()).stream()
        .filter(name -> name.contains("/part-") && !StreamedFile.isName(name))
        .toList();
  }
}
