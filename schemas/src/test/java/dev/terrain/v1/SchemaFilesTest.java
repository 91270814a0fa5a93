package dev.terrain.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema files as they lie in the folder. */
final class SchemaFilesTest {
  private static final Path FOLDER = Path.of("src/main/avro");
  private static final String NAMESPACE = "dev.terrain.v1";

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  /** All types by their full names; a file is parsed once those that it refers to are known. */
  private static Map<String, Schema> parse() throws IOException {
    Map<String, Schema> known = new LinkedHashMap<>();
    Deque<Path> left = new ArrayDeque<>(files());
    for (int misses = 0; !left.isEmpty(); ) {
      Path file = left.removeFirst();
      Schema.Parser parser = new Schema.Parser().addTypes(known);
      try {
        parser.parse(file.toFile());
        known = parser.getTypes();
        misses = 0;
      } catch (SchemaParseException e) {
        left.addLast(file);
        assertThat(++misses).as("%s: %s", file, e.getMessage()).isLessThan(left.size() + 1);
      }
    }
    return known;
  }

  private static List<Schema> types() throws IOException {
    return new ArrayList<>(parse().values());
  }

  @Test
  void everyFileHoldsTheRecordOfItsName() throws IOException {
    Map<String, Schema> types = parse();
    for (Path file : files()) {
      String name = file.getFileName().toString().replaceFirst("\\.avsc$", "");
      assertThat(types).as(file.toString()).containsKey(NAMESPACE + "." + name);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void isInTheNamespaceOfTheGeneratedClass(Schema type) {
    assertThat(type.getNamespace()).isEqualTo(NAMESPACE);
    assertThat(SpecificData.get().getClass(type)).hasPackage(NAMESPACE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void isDocumentedWithAllItsFields(Schema type) {
    assertThat(type.getDoc()).isNotBlank().endsWith(".");
    if (type.getType() == Schema.Type.RECORD) {
      for (Schema.Field field : type.getFields()) {
        assertThat(field.doc()).as(field.name()).isNotBlank().endsWith(".");
      }
    }
  }
}
