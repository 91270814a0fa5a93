package dev.terrain.v1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Which columns of a table say what a row is about: two rows that agree in them are of one thing,
 * and the later one takes the place of the earlier. The table's schema names them, in its property
 * {@value #PROPERTY}.
 */
public final class RowIdentity {
  /** Name of the schema's property: a list of names of columns. */
  public static final String PROPERTY = "identity";

  /** Name of the schema's property that lists what rows of one revision have in common. */
  public static final String REVISED_WITH = "revised_with";

  private final List<Schema.Field> columns;

  private RowIdentity(List<Schema.Field> columns) {
    this.columns = columns;
  }

  /**
   * The identity of a table's rows.
   *
   * @throws IllegalArgumentException if the schema declares none, or one with a column that it does
   *     not have; the message names schema and column
   */
  public static RowIdentity of(Schema schema) {
    return declared(schema, PROPERTY)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schema " + schema.getName() + " must list its identity's columns"));
  }

  /**
   * What the rows have in common that are revised together: of all that agree in these columns only
   * those of the newest revision count, also if an earlier one had more of them.
   *
   * @return empty if each row is revised by itself
   * @throws IllegalArgumentException if a column is named that the schema does not have
   */
  public static Optional<RowIdentity> revisedWith(Schema schema) {
    return declared(schema, REVISED_WITH);
  }

  private static Optional<RowIdentity> declared(Schema schema, String property) {
    if (!(schema.getObjectProp(property) instanceof List<?> names) || names.isEmpty()) {
      return Optional.empty();
    }
    List<Schema.Field> columns = new ArrayList<>();
    for (Object name : names) {
      Schema.Field column = schema.getField(name.toString());
      if (column == null) {
        throw new IllegalArgumentException(
            property
                + " of schema "
                + schema.getName()
                + " names '"
                + name
                + "', which is no column");
      }
      columns.add(column);
    }
    return Optional.of(new RowIdentity(columns));
  }

  /** Names of the columns, in the order of the property. */
  public List<String> columns() {
    return columns.stream().map(Schema.Field::name).toList();
  }

  /** The values of a row in these columns, as text; null where there is none. */
  public List<String> of(IndexedRecord row) {
    List<String> values = new ArrayList<>();
    for (Schema.Field column : columns) {
      Object value = row.get(column.pos());
      values.add(value == null ? null : value.toString());
    }
    return Collections.unmodifiableList(values);
  }
}
