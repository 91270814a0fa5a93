package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terrain.data.Datasets;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.PlannedData;
import dev.terrain.sweep.SweepFile;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code export} and {@code report}. */
@Tag("engine")
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
  void damagedTablesAreNamedWithWhatToDo_andNothingIsPrinted() throws IOException {
    Path copy = copyIn(other);
    Path cells = copy.resolve("tables/cells/part-00000-of-00001.avro");
    byte[] changed = Files.readAllBytes(cells);
    changed[changed.length / 2] ^= 16;
    Files.write(cells, changed);
    refuse(copy, "export", "--table", "cells");
    refuse(copy, "export", "--table", "cells", "--format", "jsonl");
    refuse(copy, "export", "--copy-to", other.resolve("elsewhere").toString());
    refuse(copy, "report");
    Files.delete(cells);
    refuse(copy, "export", "--table", "cells");
    Files.delete(copy.resolve("tables/manifest.json"));
    Files.write(cells, changed);
    refuse(copy, "export", "--table", "cells");
  }

  private static void refuse(Path study, String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--out", study.toString()));
    words.addAll(List.of(more));
    Cli cli = Cli.run(words.toArray());

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .contains("tables/cells/part-00000-of-00001.avro", "--rebuild-tables")
        .doesNotContain("\tat ", "internal error");
  }

  @Test
  void commandsSayWhoseTablesTheyRead_ifNotThoseOfTheCurrentPlan() throws IOException {
    Path copy = copyIn(other);
    Path sweep = Files.writeString(other.resolve("b.yaml"), SmallSweep.YAML.replace("small", "b"));
    // As a run of another sweep has it that is under way.
    new PlanFiles(ObjectStores.open(copy.toString()))
        .freeze(
            SweepFile.read(sweep),
            List.of(new PlannedData("digits", null, Datasets.get("digits").sha256())));
    String notThoseOfThePlan = "the tables hold the rows of sweep 'small' (plan.json)";

    Cli export = Cli.run("export", "--out", copy, "--table", "cells");
    assertThat(export.exitCode()).isZero();
    assertThat(export.err()).contains(notThoseOfThePlan, "plan-2.json, sweep 'b'");
    assertThat(Cli.run("report", "--out", copy).err()).contains(notThoseOfThePlan);
    assertThat(Files.readString(copy.resolve("report.html"))).contains("small");
    assertThat(Cli.run("status", "--out", copy).out()).contains(notThoseOfThePlan);
    assertThat(Cli.run("status", "--out", copy, "--json").out())
        .contains("\"of_current_plan\" : false");
    Cli refused = Cli.run("report", "--out", copy, "--sweep", sweep);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("hold the rows of sweep 'small' (plan.json), not those of");
  }
}
