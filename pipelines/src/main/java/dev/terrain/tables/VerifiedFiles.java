package dev.terrain.tables;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a study's tables as they were written: each is held against its SHA-256 in the
 * manifest, or in its name if a stream has added it, before a row of it is read. Manifest and
 * listings are those of the first look, so that all rows are of the same tables.
 */
final class VerifiedFiles {
  private static final Pattern PART = Pattern.compile("part-[^/]+\\.avro");

  private final TableFiles files;
  private final Map<Table, List<String>> names = new EnumMap<>(Table.class);
  private SortedMap<String, String> hashes;
  private boolean hasManifest;

  VerifiedFiles(TableFiles files) {
    this.files = files;
  }

  VerifiedFiles(TableFiles files, TablesManifest manifest) {
    this(files);
    accept(Optional.of(manifest));
  }

  private void accept(Optional<TablesManifest> manifest) {
    hasManifest = manifest.isPresent();
    hashes = manifest.map(TablesManifest::tables).orElseGet(TreeMap::new);
  }

  /**
   * Names of a table's files, sorted.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws DamagedTablesException if there are others than were written
   */
  List<String> names(Table table) throws IOException {
    if (hashes == null) {
      accept(TablesManifest.read(files));
    }
    if (!names.containsKey(table)) {
      // In this order a stream that goes on adds nothing that seems to be missing.
      List<String> markers = files.list(StreamedFile.MARKERS);
      List<String> found = list(table);
      checkAdded(found);
      checkMissing(table, new HashSet<>(found), markers);
      names.put(table, found);
    }
    return names.get(table);
  }

  private List<String> list(Table table) throws IOException {
    String folder = "tables/" + table.folder() + "/";
    return files.list("tables/" + table.folder()).stream()
        .filter(name -> PART.matcher(name.substring(folder.length())).matches())
        .toList();
  }

  private void checkAdded(List<String> found) throws IOException {
    for (String name : found) {
      if (!hashes.containsKey(name) && !StreamedFile.isName(name)) {
        throw changed(
            DamagedTablesException.of(
                hasManifest
                    ? "table file %s was not written: %s does not name it"
                        .formatted(name, TablesManifest.NAME)
                    : "nothing says what was written to the table file %s: there is no %s, so a run puts the tables in their places now, or was ended while it did"
                        .formatted(name, TablesManifest.NAME),
                null));
      }
    }
  }

  private void checkMissing(Table table, Set<String> found, List<String> markers)
      throws IOException {
    String folder = "tables/" + table.folder() + "/";
    for (String name : hashes.keySet()) {
      if (name.startsWith(folder) && !found.contains(name)) {
        throw changed(missing(name, TablesManifest.NAME));
      }
    }
    for (String marker : markers) {
      String name = StreamedFile.ofMarker(marker);
      if (name != null && name.startsWith(folder) && !found.contains(name)) {
        DamagedTablesException missing = missing(name, marker);
        throw files.list(StreamedFile.MARKERS).contains(marker)
            ? changed(missing)
            : DamagedTablesException.replaced(missing);
      }
    }
    if (!hasManifest && found.isEmpty() && !isStreamed()) {
      throw new FileNotFoundException(
          files.address("tables")
              + " holds no tables; 'terrain run' writes them at its end, 'terrain watch' by and"
              + " by");
    }
  }

  private boolean isStreamed() throws IOException {
    for (Table table : Table.values()) {
      if (list(table).stream().anyMatch(StreamedFile::isName)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a file holds.
   *
   * @throws DamagedTablesException if that is not what was written
   */
  byte[] read(String name) throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(name)) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw changed(missing(name, "a listing"));
    }
    String hash = hashes.get(name);
    boolean sound =
        hash == null
            ? StreamedFile.isSound(name, bytes)
            : hash.equals(TablesManifest.sha256(bytes));
    if (!sound) {
      throw changed(damaged(name));
    }
    return bytes;
  }

  /**
   * Makes sure that a file, which holds bytes of some SHA-256, holds what was written.
   *
   * @throws DamagedTablesException if it does not
   */
  void check(String name, String sha256) throws IOException {
    if (hashes.containsKey(name)) {
      if (!hashes.get(name).equals(sha256)) {
        throw changed(damaged(name));
      }
    } else if (!StreamedFile.isNamedBy(name, sha256)) {
      read(name);
    }
  }

  /** Says so if a run has put its own tables there while these were read. */
  private IOException changed(DamagedTablesException problem) throws IOException {
    SortedMap<String, String> now =
        TablesManifest.read(files).map(TablesManifest::tables).orElseGet(TreeMap::new);
    return now.equals(hashes) ? problem : DamagedTablesException.replaced(problem);
  }

  private static DamagedTablesException damaged(String name) {
    return DamagedTablesException.of(
        "table file "
            + name
            + " is damaged: it does not hold what was written, as its SHA-256 tells",
        null);
  }

  private static DamagedTablesException missing(String name, String witness) {
    return DamagedTablesException.of(
        "table file " + name + " is missing, which " + witness + " names", null);
  }
}
