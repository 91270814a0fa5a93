package dev.terrain.v1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    if (!(schema.getObjectProp(PROPERTY) instanceof List<?> names) || names.isEmpty()) {
      throw new IllegalArgumentException(
          "schema " + schema.getName() + " must list its identity's columns");
    }
    List<Schema.Field> columns = new ArrayList<>();
    for (Object name : names) {
      Schema.Field column = schema.getField(name.toString());
      if (column == null) {
        throw new IllegalArgumentException(
            "identity of schema " + schema.getName() + " names '" + name + "', which is no column");
      }
      columns.add(column);
    }
    return new RowIdentity(columns);
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
