package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Spectrum;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableExportTest {

  private static final String HOSTILE = "a \"quoted\", line\r\nand ünïcode\tend";

  @TempDir Path study;

  @Test
  void csvReadsBackWithHostileTextNullsAndTimestamps() throws IOException {
    TableFixture.write(
        study,
        Table.FAILURES,
        "part-0.avro",
        List.of(TableFixture.failure("train", HOSTILE), TableFixture.failure("", "plain")));
    StringWriter out = new StringWriter();

    long rows = TableExport.write(TableReader.of(study), Table.FAILURES, ExportFormat.CSV, out);

    assertThat(rows).isEqualTo(2);
    List<List<String>> lines = CsvText.parse(out.toString());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .containsExactly(
            "stage",
            "key",
            "cell_id",
            "model_id",
            "other_model_id",
            "part",
            "exception_class",
            "message",
            "attempt",
            "failed_at");
    assertThat(lines.get(1))
        .containsExactly(
            "train",
            null,
            null,
            null,
            null,
            null,
            "java.lang.IllegalStateException",
            HOSTILE,
            "1",
            "2026-03-01T12:30:00.000250Z");
    assertThat(lines.get(2).get(0)).as("empty text is not null").isEmpty();
  }

  @Test
  void jsonLinesKeepNullsAndAreOneObjectALine() throws IOException {
    TableFixture.write(
        study, Table.FAILURES, "part-0.avro", List.of(TableFixture.failure("train", HOSTILE)));
    StringWriter out = new StringWriter();

    TableExport.write(TableReader.of(study), Table.FAILURES, ExportFormat.JSONL, out);

    assertThat(out.toString().lines()).hasSize(1);
    JsonNode row = new ObjectMapper().readTree(out.toString());
    assertThat(row.get("message").textValue()).isEqualTo(HOSTILE);
    assertThat(row.get("attempt").isInt()).isTrue();
    assertThat(row.has("model_id")).isTrue();
    assertThat(row.get("model_id").isNull()).isTrue();
    assertThat(Instant.parse(row.get("failed_at").textValue()))
        .isEqualTo(Instant.parse("2026-03-01T12:30:00.000250Z"));
  }

  @Test
  void arraysAreJsonInBothFormatsAndNonFiniteNumbersAreNull() throws IOException {
    Spectrum spectrum =
        Spectrum.newBuilder()
            .setCellId("c")
            .setModelId("m")
            .setOperator("hessian")
            .setNParameters(3)
            .setRitzValues(List.of(-0.5, 1e-9, Double.NaN))
            .setWeights(List.of())
            .setResiduals(List.of(0.25))
            .setNExamples(10)
            .setNEvaluations(4)
            .setSeed(Long.MAX_VALUE)
            .setKey("k")
            .setCodeVersion(1)
            .setDurationMs(2)
            .setComputedAt(Instant.EPOCH)
            .build();
    StringWriter csv = new StringWriter();
    TableExport.begin(ExportFormat.CSV, Spectrum.getClassSchema(), csv).row(spectrum);
    StringWriter jsonl = new StringWriter();
    TableExport.begin(ExportFormat.JSONL, Spectrum.getClassSchema(), jsonl).row(spectrum);

    List<List<String>> lines = CsvText.parse(csv.toString());
    ObjectMapper json = new ObjectMapper();
    JsonNode ritz = json.readTree(lines.get(1).get(lines.get(0).indexOf("ritz_values")));
    assertThat(ritz).isEqualTo(json.readTree("[-0.5, 1e-9, null]"));
    JsonNode row = json.readTree(jsonl.toString());
    assertThat(row.get("ritz_values")).isEqualTo(ritz);
    assertThat(row.get("weights")).isEmpty();
    assertThat(row.get("seed").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(row.get("computed_at").textValue()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void anEmptyTableIsAHeaderInCsvAndNothingInJsonLines() throws IOException {
    TableFixture.seal(study);
    StringWriter csv = new StringWriter();
    StringWriter jsonl = new StringWriter();

    assertThat(TableExport.write(TableReader.of(study), Table.CELLS, ExportFormat.CSV, csv))
        .isZero();
    TableExport.write(TableReader.of(study), Table.CELLS, ExportFormat.JSONL, jsonl);

    assertThat(CsvText.parse(csv.toString())).hasSize(1);
    assertThat(csv.toString()).startsWith("cell_id,sweep,load_setting");
    assertThat(jsonl.toString()).isEmpty();
  }

  @Test
  void genericRecordsOfAnySchemaAreExported() throws IOException {
    Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    Schema schema =
        SchemaBuilder.record("Other")
            .fields()
            .name("when")
            .type(micros)
            .noDefault()
            .optionalDouble("value")
            .requiredBoolean("good")
            .endRecord();
    StringWriter out = new StringWriter();

    TableExport.begin(ExportFormat.CSV, schema, out)
        .row(
            new GenericRecordBuilder(schema)
                .set("when", 1_500_000L)
                .set("value", Double.POSITIVE_INFINITY)
                .set("good", true)
                .build());

    assertThat(CsvText.parse(out.toString()).get(1))
        .containsExactly("1970-01-01T00:00:01.500Z", null, "true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+1 | '=1+1",
        "=HYPERLINK(0) | '=HYPERLINK(0)",
        "+cmd | '+cmd",
        "-a | '-a",
        "@SUM(A1) | '@SUM(A1)",
        "`\t=1` | `'\t=1`",
        "`\r=1` | `'\r=1`",
        "＝1 | '＝1",
        "-1.5-2 | '-1.5-2",
        "-1.5 | -1.5",
        "+3e-5 | +3e-5",
        "-.5 | -.5",
        "a=1 | a=1",
        "'=1 | '=1",
      })
  void aTextThatASpreadsheetWouldComputeBeginsWithAnApostrophe(String text, String expected)
      throws IOException {
    Failure failure = TableFixture.failure("train", text);
    StringWriter out = new StringWriter();
    StringWriter raw = new StringWriter();
    TableExport.begin(ExportFormat.CSV, Failure.getClassSchema(), out).row(failure);
    TableExport.begin(ExportFormat.CSV, Failure.getClassSchema(), true, raw).row(failure);

    int column = Failure.getClassSchema().getField("message").pos();
    assertThat(CsvText.parse(out.toString()).get(1).get(column)).isEqualTo(expected);
    assertThat(CsvText.parse(raw.toString()).get(1).get(column)).isEqualTo(text);
  }

  @Test
  void numbersStayNumbers() throws IOException {
    Schema schema = SchemaBuilder.record("Other").fields().requiredDouble("value").endRecord();
    StringWriter out = new StringWriter();
    TableExport.begin(ExportFormat.CSV, schema, out)
        .row(new GenericRecordBuilder(schema).set("value", -1.5e-9).build());

    assertThat(CsvText.parse(out.toString()).get(1)).containsExactly("-1.5E-9");
  }

  @Test
  void theSameRowsGiveTheSameText() throws IOException {
    Failure failure = TableFixture.failure("train", "again");
    StringWriter fromRecord = new StringWriter();
    TableExport.begin(ExportFormat.CSV, Failure.getClassSchema(), fromRecord).row(failure);
    TableFixture.write(study, Table.FAILURES, "part-0.avro", List.of(failure));
    StringWriter fromFile = new StringWriter();
    TableExport.write(TableReader.of(study), Table.FAILURES, ExportFormat.CSV, fromFile);

    assertThat(fromFile.toString()).isEqualTo(fromRecord.toString());
  }

  @Test
  void ofDamagedTables_nothingIsWritten() throws IOException {
    Path second = null;
    for (String name : new String[] {"part-0.avro", "part-1.avro"}) {
      second =
          TableFixture.write(
              study, Table.FAILURES, name, List.of(TableFixture.failure("train", name)));
    }
    Files.delete(second);
    for (ExportFormat format : ExportFormat.values()) {
      StringBuilder out = new StringBuilder();
      assertThatThrownBy(
              () -> TableExport.write(TableReader.of(study), Table.FAILURES, format, out))
          .isInstanceOf(DamagedTablesException.class)
          .hasMessageContaining("tables/failures/part-1.avro");
      assertThat(out).isEmpty();
    }
  }
}
