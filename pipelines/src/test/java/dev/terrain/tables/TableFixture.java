package dev.terrain.tables;

import dev.terrain.v1.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
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

  /** Writes one file of a table. */
  public static Path write(
      Path study, Table table, String file, List<? extends SpecificRecord> rows)
      throws IOException {
    Path path = study.resolve("tables").resolve(table.folder()).resolve(file);
    Files.createDirectories(path.getParent());
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(table.schema()))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(table.schema(), path.toFile());
      for (SpecificRecord row : rows) {
        writer.append(row);
      }
    }
    return path;
  }
}
