package dev.terrain.imports;

import dev.terrain.sweep.Fingerprints;
import dev.terrain.taxonomy.CellIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A grid as it was read by a mapping. */
final class Grid {
  private final String file;
  private final Mapping mapping;
  private final RowReader reader;
  private final List<String> unused;
  private final RowCollection collection;
  private final String sha256;
  private final long rows;

  private Grid(
      String file,
      Mapping mapping,
      RowReader reader,
      List<String> unused,
      RowCollection collection,
      String sha256,
      long rows) {
    this.file = file;
    this.mapping = mapping;
    this.reader = reader;
    this.unused = unused;
    this.collection = collection;
    this.sha256 = sha256;
    this.rows = rows;
  }

  /**
   * Reads a grid.
   *
   * @throws InvalidGridException if it is not what the mapping says, with the place
   * @throws dev.terrain.sweep.InvalidSweepException if it lacks columns that the mapping names
   */
  static Grid read(InputFile input, Mapping mapping) throws IOException {
    String file = input.address();
    MessageDigest digest = digest();
    try (InputStream bytes = new DigestInputStream(input.open(), digest);
        GridLines lines = new GridLines(file, bytes, mapping.separator())) {
      GridColumns columns = new GridColumns(mapping, file, lines.header());
      RowReader reader = new RowReader(file, mapping, columns);
      RowCollection collection = new RowCollection(file, mapping);
      long all = 0;
      long rows = 0;
      for (GridLines.Line line = lines.next(); line != null; line = lines.next()) {
        all++;
        Optional<GridRow> row = reader.read(line);
        if (row.isPresent()) {
          rows++;
          collection.add(row.get());
        }
      }
      check(file, reader, all, rows);
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new Grid(file, mapping, reader, columns.unused(), collection, sha256, rows);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(String file, RowReader reader, long all, long rows) {
    if (all == 0) {
      throw InvalidGridException.of(file, "has a header, but no rows");
    }
    if (rows == 0) {
      throw InvalidGridException.of(
          file,
          "'where' keeps none of its %d rows: %s".formatted(all, reader.filter().description()));
    }
    reader.metrics().forEach(MetricColumn::check);
    if (reader.metrics().stream().noneMatch(MetricColumn::hasValues)) {
      throw InvalidGridException.of(
          file,
          "no cell can be used: none of the %d rows that count has a value of a metric"
              .formatted(rows));
    }
  }

  /** The cells by the further axes, load and temperature. */
  List<GridCell> cells() {
    Map<Place, List<GridRow>> byPlace = collection.cells();
    List<Map.Entry<Place, List<GridRow>>> ordered = new ArrayList<>(byPlace.entrySet());
    Comparator<Place> order =
        Comparator.comparing(Place::slice)
            .thenComparingDouble(Place::load)
            .thenComparingDouble(Place::temperature);
    ordered.sort(Map.Entry.comparingByKey(order));
    return ordered.stream()
        .map(entry -> new GridCell(identity(entry.getKey()), entry.getValue()))
        .toList();
  }

  private CellIdentity identity(Place place) {
    String load = mapping.load().setting();
    String temperature = mapping.temperature().setting();
    return new CellIdentity(
        Fingerprints.of(
            "imported cell", load, place.load(), temperature, place.temperature(), place.slice()),
        mapping.name(),
        load,
        place.load(),
        temperature,
        place.temperature(),
        place.slice().isEmpty() ? null : place.slice());
  }

  String file() {
    return file;
  }

  Mapping mapping() {
    return mapping;
  }

  RowReader reader() {
    return reader;
  }

  /** Columns that the mapping does not name. */
  List<String> unused() {
    return unused;
  }

  /** SHA-256 of the file, in hexadecimal. */
  String sha256() {
    return sha256;
  }

  /** Rows that count, of which some may be epochs that are not kept. */
  long rows() {
    return rows;
  }

  /** Rows that are kept. */
  int kept() {
    return collection.size();
  }
}
