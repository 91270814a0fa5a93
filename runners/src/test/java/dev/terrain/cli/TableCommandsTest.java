package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code export} and {@code report}. */
class TableCommandsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path other;

  @ParameterizedTest
  @EnumSource(Table.class)
  void everyTableIsExported(Table table) throws IOException {
    List<String> rows = TableRows.of(STUDY).get(table);
    String name = table.folder();

    Cli csv = Cli.run("export", "--out", STUDY, "--table", name);
    Cli jsonl = Cli.run("export", "--out", STUDY, "--table", name, "--format", "jsonl");

    assertThat(csv.exitCode()).isZero();
    // No text of these tables holds a line break.
    assertThat(csv.out().split("\r\n")).hasSize(rows.size() + 1);
    List<String> columns = table.schema().getFields().stream().map(field -> field.name()).toList();
    assertThat(csv.out().lines().findFirst()).contains(String.join(",", columns));
    assertThat(jsonl.exitCode()).isZero();
    assertThat(jsonl.out().lines().toList()).hasSize(rows.size());
    for (String line : jsonl.out().lines().toList()) {
      assertThat(MAPPER.readTree(line).fieldNames())
          .toIterable()
          .containsExactlyElementsOf(columns);
    }
  }

  @Test
  void theFormatOfAnExportIsReadInAnyCase() {
    Cli lower = Cli.run("export", "--out", STUDY, "--table", "cells", "--format", "csv");
    Cli upper = Cli.run("export", "--out", STUDY, "--table", "CELLS", "--format", "CSV");

    assertThat(upper.out()).isEqualTo(lower.out()).contains("phase_reason");
  }

  @Test
  void reportIsDrawnAnewFromTheTables() throws IOException {
    Path copy = copyIn(other);
    Files.delete(copy.resolve("report.html"));

    Cli cli = Cli.run("report", "--out", copy);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().strip()).isEqualTo(copy.resolve("report.html").toString());
    assertThat(copy.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aCorruptTableIsNamedWithWhatToDo() throws IOException {
    Path copy = copyIn(other);
    Path cells = copy.resolve("tables/cells/part-00000-of-00001.avro");
    Files.write(cells, new byte[] {1, 2, 3});

    Cli cli = Cli.run("export", "--out", copy, "--table", "cells");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .contains("part-00000-of-00001.avro", "delete the folder tables/")
        .doesNotContain("\tat ", "internal error");
  }
}
