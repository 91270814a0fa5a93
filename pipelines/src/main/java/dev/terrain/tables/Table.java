package dev.terrain.tables;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A table of a study: a set of rows of one Avro record type. */
public enum Table {
  MODELS("models", Model.class),
  MEASUREMENTS("measurements", Measurement.class),
  SPECTRA("spectra", Spectrum.class),
  PATHS("paths", LossPath.class),
  CELLS("cells", Cell.class),
  CELL_METRICS("cell_metrics", CellMetric.class),
  FAILURES("failures", Failure.class);

  private final String folder;
  private final Class<? extends SpecificRecord> type;

  Table(String folder, Class<? extends SpecificRecord> type) {
    this.folder = folder;
    this.type = type;
  }

  /** Name of the table and of its folder below {@code tables/}. */
  public String folder() {
    return folder;
  }

  /** Class of its rows. */
  public Class<? extends SpecificRecord> type() {
    return type;
  }

  /** Schema of its rows. */
  public Schema schema() {
    return SpecificData.get().getSchema(type);
  }

  /**
   * The table of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static Table named(String name) {
    return Arrays.stream(values())
        .filter(table -> table.folder.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "table: '"
                        + name
                        + "' is none of "
                        + Arrays.stream(values())
                            .map(Table::folder)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * The table whose rows are of a class.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Table of(Class<? extends SpecificRecord> type) {
    return Arrays.stream(values())
        .filter(table -> table.type.equals(type))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no table has rows of " + type.getSimpleName()));
  }
}
