package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What others read from the tables is what we read: Avro's reader of generic records, which knows
 * none of our classes, and Avro's Python library where it is installed.
 */
@Tag("engine")
@Tag("process")
class OtherReadersTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Prints the rows of Avro files as JSON, one a line, instants as microseconds. */
  private static final String PYTHON_READER =
      """
      import datetime, json, sys
      import avro.datafile, avro.io
      epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
      micros = lambda instant: (instant - epoch) // datetime.timedelta(microseconds=1)
      for path in sys.argv[1:]:
          with avro.datafile.DataFileReader(open(path, "rb"), avro.io.DatumReader()) as rows:
              for row in rows:
                  print(json.dumps(row, default=micros))
      """;

  @TempDir private static Path folder;
  private static Optional<String> python;

  @BeforeAll
  static void run() throws IOException {
    new SmallStudy(folder).run(SmallStudy.SWEEP);
    // Debian's package serves Debian's interpreter only, which need not be the first on the path.
    python = Stream.of("python3", "/usr/bin/python3").filter(OtherReadersTest::hasAvro).findFirst();
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void everyRowAndColumnReadsTheSame(Table table) throws IOException {
    List<JsonNode> ours = new ArrayList<>();
    TableReader.of(folder).forEach(table, row -> ours.add(json(row, row.getSchema())));

    assertThat(ours.isEmpty()).isEqualTo(table == Table.FAILURES);
    assertThat(withGenericRecords(table)).isEqualTo(ours);
    if (python.isPresent()) {
      assertThat(withPython(python.get(), table)).isEqualTo(ours);
    }
  }

  private static List<Path> files(Table table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tables").resolve(table.folder()))) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    }
  }

  private static boolean hasAvro(String interpreter) {
    try {
      return exitCode(new ProcessBuilder(interpreter, "-c", "import avro.datafile")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int exitCode(ProcessBuilder command) throws IOException {
    Process process = command.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<JsonNode> withPython(String interpreter, Table table) throws IOException {
    List<String> command = new ArrayList<>(List.of(interpreter, "-c", PYTHON_READER));
    files(table).forEach(file -> command.add(file.toString()));
    Path rows = Files.createTempFile(folder, "rows", ".json");
    ProcessBuilder reader =
        new ProcessBuilder(command)
            .redirectOutput(rows.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    assertThat(exitCode(reader)).isZero();
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(rows, StandardCharsets.UTF_8)) {
      nodes.add(MAPPER.readTree(line));
    }
    return nodes;
  }

  private static List<JsonNode> withGenericRecords(Table table) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (Path file : files(table)) {
      try (DataFileReader<GenericRecord> rows =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        rows.forEach(row -> nodes.add(json(row, row.getSchema())));
      }
    }
    return nodes;
  }

  private static JsonNode json(Object value, Schema schema) {
    if (value instanceof IndexedRecord record) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Schema.Field field : schema.getFields()) {
        object.set(field.name(), json(record.get(field.pos()), field.schema()));
      }
      return tree(object);
    }
    if (value instanceof List<?> items) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(json(item, schema.getElementType())));
      return array;
    }
    if (value instanceof Instant instant) {
      return MAPPER.valueToTree(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return MAPPER.valueToTree(value);
    }
    return MAPPER.valueToTree(value.toString());
  }

  /** The same node types for the same text, however large a number is. */
  private static JsonNode tree(JsonNode node) {
    try {
      return MAPPER.readTree(node.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
