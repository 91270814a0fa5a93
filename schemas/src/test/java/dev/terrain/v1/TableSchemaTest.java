package dev.terrain.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a column of a table may be. */
final class TableSchemaTest {
  private static final List<Schema> TABLES =
      List.of(
          Model.getClassSchema(),
          Measurement.getClassSchema(),
          Spectrum.getClassSchema(),
          LossPath.getClassSchema(),
          Cell.getClassSchema(),
          CellMetric.getClassSchema(),
          Failure.getClassSchema());

  private static Stream<Arguments> columns() {
    return TABLES.stream()
        .flatMap(
            table ->
                table.getFields().stream()
                    .map(column -> Arguments.of(table.getName() + "." + column.name(), column)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void isNamedInLowerSnakeCase(String name, Schema.Field column) {
    assertThat(column.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void isAValueOrAListOfValues(String name, Schema.Field column) {
    Schema type = column.schema();
    switch (type.getType()) {
      case UNION -> {
        assertThat(type.getTypes()).hasSize(2);
        assertThat(type.getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
        assertValue(type.getTypes().get(1));
        assertThat(column.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE);
      }
      case ARRAY -> assertValue(type.getElementType());
      default -> assertValue(type);
    }
  }

  private static void assertValue(Schema type) {
    assertThat(type.getType())
        .isIn(
            Schema.Type.BOOLEAN,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.DOUBLE,
            Schema.Type.STRING,
            Schema.Type.ENUM);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void isATimestampInMicrosecondsIfItIsAMoment(String name, Schema.Field column) {
    boolean moment = column.name().endsWith("_at");
    assertThat(column.schema().getLogicalType())
        .isEqualTo(moment ? LogicalTypes.timestampMicros() : null);
  }

  @Test
  void everySettingOfASpecIsAColumnOfTheModels() {
    for (Schema.Field setting : ModelSpec.getClassSchema().getFields()) {
      Schema.Field column = Model.getClassSchema().getField(setting.name());
      assertThat(column).as(setting.name()).isNotNull();
      assertThat(column.schema()).as(setting.name()).isEqualTo(setting.schema());
    }
  }

  @Test
  void everyTableSaysWhenItsRowsWereMade() {
    for (Schema table : TABLES) {
      assertThat(table.getFields())
          .as(table.getName())
          .anyMatch(
              column -> LogicalTypes.timestampMicros().equals(column.schema().getLogicalType()));
    }
  }

  @Test
  void everyTableNamesTheColumnsThatSayWhatARowIsAbout() {
    for (Schema table : TABLES) {
      assertThat(RowIdentity.of(table).columns())
          .as(table.getName())
          .isNotEmpty()
          .doesNotHaveDuplicates()
          .doesNotContain("computed_at", "revision");
    }
  }

  @Test
  void whatIsRevisedTogether_isPartOfTheIdentity() {
    assertThat(RowIdentity.revisedWith(Cell.getClassSchema())).isEmpty();
    assertThat(RowIdentity.revisedWith(CellMetric.getClassSchema()))
        .hasValueSatisfying(
            together -> {
              assertThat(together.columns()).containsExactly("sweep", "cell_id");
              assertThat(RowIdentity.of(CellMetric.getClassSchema()).columns())
                  .containsAll(together.columns());
            });
  }
}
