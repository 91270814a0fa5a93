package dev.terrain.pipelines;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.store.StoredObject;
import dev.terrain.tables.Table;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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

  private static final Pattern PART = Pattern.compile("part-[^/]+\\.avro");
  private static final Pattern OURS = Pattern.compile("part-[^/]+\\.avro|\\.part-.+\\.copying");

  /** A manifest of a hundred thousand files is smaller. */
  private static final int LONGEST_MANIFEST = 32 << 20;

  private final ObjectStore study;
  private final String address;
  private final PipelineOptions options;
  private final BeamFolder copy;

  private TablesCopy(ObjectStore study, String address, PipelineOptions options) {
    this.study = study;
    this.address = address;
    this.options = options;
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
    return new TablesCopy(study, place, options);
  }

  /**
   * Makes the copy hold what the tables hold, unless it does.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws IOException if the copy cannot be made; the message names its address
   */
  public Outcome update() throws IOException {
    List<String> names = tableFiles();
    if (names.isEmpty()) {
      throw new FileNotFoundException(
          study.uri("tables") + " holds no tables; 'terrain run' writes them");
    }
    // The engine of a run has set its own.
    FileSystems.setDefaultPipelineOptions(options);
    try {
      CopyManifest wanted = describe(names);
      boolean upToDate =
          manifest().filter(wanted::equals).isPresent() && listed().equals(wanted.sizes());
      if (!upToDate) {
        replace(wanted);
      }
      return new Outcome(address, names.size(), wanted.bytes(), upToDate);
    } catch (IOException | RuntimeException e) {
      // Clients of storage throw what they like, and not all of Beam's file systems wrap it.
      throw new IOException(
          "the tables could not be copied to %s: %s; the study is whole, 'terrain export --copy-to' tries again"
              .formatted(address, reason(e)),
          e);
    }
  }

  private List<String> tableFiles() throws IOException {
    SortedMap<String, Long> names = new TreeMap<>();
    for (Table table : Table.values()) {
      String folder = "tables/" + table.folder() + "/";
      for (StoredObject file : study.describe(folder)) {
        if (PART.matcher(file.name().substring(folder.length())).matches()) {
          names.put(file.name().substring("tables/".length()), file.size());
        }
      }
    }
    return List.copyOf(names.keySet());
  }

  private CopyManifest describe(List<String> names) throws IOException {
    SortedMap<String, CopiedFile> files = new TreeMap<>();
    for (String name : names) {
      try (InputStream in = new StoredInput(study, "tables/" + name)) {
        files.put(name, CopiedFile.of(in));
      }
    }
    return new CopyManifest(files);
  }

  private Optional<CopyManifest> manifest() throws IOException {
    return copy.read(CopyManifest.NAME, LONGEST_MANIFEST).flatMap(CopyManifest::parse);
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
