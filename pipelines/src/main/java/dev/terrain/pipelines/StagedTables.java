package dev.terrain.pipelines;

import dev.terrain.beam.tables.WriteTables;
import dev.terrain.tables.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The tables of one run before they are in their places, where they are under names of its own.
 *
 * @param run name of the run, that no other has
 * @param parts files that a table with rows consists of
 */
public record StagedTables(String run, int parts) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Those of a run that begins now. */
  public static StagedTables begin(int parts) {
    return new StagedTables(UUID.randomUUID().toString().replace("-", ""), parts);
  }

  /** Names of the files of a table, if it has rows. */
  List<String> names(Table table) {
    List<String> names = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      names.add(WriteTables.stagedName(table.folder(), run, part, parts));
    }
    return names;
  }

  /** The place of a file in a table of some parts. */
  static String place(Table table, int part, int parts) {
    return "tables/%s/part-%05d-of-%05d.avro".formatted(table.folder(), part, parts);
  }
}
