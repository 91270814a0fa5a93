package dev.terrain.copy;

import dev.terrain.pipelines.GcsEndpoint;
import dev.terrain.run.SweepRun;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A copy of a study's tables in other storage: any that Beam has a file system for on the class
 * path. It holds {@code <table>/part-*.avro}, and {@code copy.json} once it is whole. Other files
 * that are there are left alone.
 */
public final class TablesCopy {
  /**
   * What became of a copy.
   *
   * @param address where it is
   * @param files number of its table files
   * @param bytes their length
   * @param upToDate whether it was as it should be, so that nothing was written
   */
  public record Outcome(String address, int files, long bytes, boolean upToDate) {}

  private static final Pattern OURS = Pattern.compile("part-[^/]+\\.avro|\\.part-.+\\.copying");

  private final ObjectStore study;
  private final String address;
  private final PipelineOptions options;
  private final String inputs;
  private final BeamFolder copy;

  private TablesCopy(ObjectStore study, String address, PipelineOptions options, String inputs) {
    this.study = study;
    this.address = address;
    this.options = options;
    this.inputs = inputs;
    this.copy = new BeamFolder(address);
  }

  /**
   * A copy of a study's tables; nothing is contacted yet.
   *
   * @param address a folder, or an address of a scheme that Beam has a file system for; an address
   *     in {@code gs://} may name its server as those of studies do
   * @param options those of Beam's file systems
   * @throws IllegalArgumentException if there is no file system for the address, or it is in the
   *     study
   */
  public static TablesCopy of(ObjectStore study, String address, PipelineOptions options) {
    ObjectStores.endpoint(address).ifPresent(endpoint -> GcsEndpoint.use(endpoint, options));
    FileSystems.setDefaultPipelineOptions(options);
    String place = CopyAddress.parse(ObjectStores.withoutEndpoint(address));
    String tables = study.uri("tables");
    String root = tables.substring(0, tables.lastIndexOf('/') + 1);
    if ((place + "/").startsWith(root)) {
      throw new IllegalArgumentException(
          "copy of the tables to '%s': it must not be in the study %s".formatted(address, root));
    }
    return new TablesCopy(study, place, options, null);
  }

  /**
   * A copy of the tables of one sweep only, in case that another run has put others there.
   *
   * @param fingerprint {@link SweepRun#tablesFingerprint}
   */
  public TablesCopy withInputs(String fingerprint) {
    return new TablesCopy(study, address, options, fingerprint);
  }

  /**
   * Makes the copy hold what the tables hold, unless it does.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws DamagedTablesException if they are not what was written
   * @throws IOException if they are another sweep's, or the copy cannot be made; the message names
   *     its address
   */
  public Outcome update() throws IOException {
    CopyManifest wanted = describe();
    // The engine of a run has set its own.
    FileSystems.setDefaultPipelineOptions(options);
    try {
      boolean upToDate = isDescribedBy(wanted.toJson()) && listed().equals(wanted.sizes());
      if (!upToDate) {
        replace(wanted);
      }
      return new Outcome(address, wanted.files().size(), wanted.bytes(), upToDate);
    } catch (IOException | RuntimeException e) {
      // Clients of storage throw what they like, and not all of Beam's file systems wrap it.
      throw new IOException(
          "the tables could not be copied to %s: %s; the study is whole, 'terrain export --copy-to' tries again"
              .formatted(address, reason(e)),
          e);
    }
  }

  /** What the tables hold, which is held against what was written. */
  private CopyManifest describe() throws IOException {
    Optional<TablesManifest> manifest = new StoredManifest(study).read();
    Optional<TablesOwner> owner = manifest.map(TablesManifest::owner);
    if (inputs != null && owner.filter(found -> inputs.equals(found.inputs())).isEmpty()) {
      throw new IOException(
          "the tables are not copied to %s, as another run has put those of %s in %s meanwhile; run again"
              .formatted(
                  address,
                  owner.map(TablesOwner::toString).orElse("another sweep"),
                  study.uri("tables")));
    }
    TableReader tables =
        manifest.isPresent() ? StudyTables.of(study, manifest.get()) : StudyTables.of(study);
    SortedMap<String, CopiedFile> files = new TreeMap<>();
    for (Table table : Table.values()) {
      for (String name : tables.files(table)) {
        try (InputStream in = new StoredInput(study, name)) {
          CopiedFile file = CopiedFile.of(in);
          tables.checkFile(name, file.sha256());
          files.put(name.substring("tables/".length()), file);
        }
      }
    }
    return new CopyManifest(files);
  }

  /** Whether the copy's manifest is this one, byte for byte. */
  private boolean isDescribedBy(byte[] manifest) throws IOException {
    return copy.read(CopyManifest.NAME, manifest.length + 1)
        .filter(found -> Arrays.equals(found, manifest))
        .isPresent();
  }

  /** Sizes of the table files that are there, and of what an earlier copy left unfinished. */
  private SortedMap<String, Long> listed() throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (Table table : Table.values()) {
      copy.list(table.folder())
          .forEach(
              (name, size) -> {
                if (OURS.matcher(name).matches()) {
                  sizes.put(table.folder() + "/" + name, size);
                }
              });
    }
    return sizes;
  }

  private void replace(CopyManifest wanted) throws IOException {
    if (copy.read(CopyManifest.NAME, 1).isPresent()) {
      copy.delete(List.of(CopyManifest.NAME));
    }
    for (String name : wanted.files().keySet()) {
      try (InputStream in = new StoredInput(study, "tables/" + name)) {
        if (!copy.put(name, in).equals(wanted.files().get(name))) {
          throw new IOException(study.uri("tables/" + name) + " has changed meanwhile");
        }
      }
    }
    List<String> others =
        listed().keySet().stream().filter(name -> !wanted.files().containsKey(name)).toList();
    if (!others.isEmpty()) {
      copy.delete(others);
    }
    // Some storage does not say when it refuses to remove a file.
    SortedMap<String, Long> found = listed();
    if (!found.equals(wanted.sizes())) {
      found.entrySet().removeAll(wanted.sizes().entrySet());
      throw new IOException("its files have other names or sizes than were written " + found);
    }
    copy.put(CopyManifest.NAME, new ByteArrayInputStream(wanted.toJson()));
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
