package dev.terrain.data;

import dev.terrain.registry.Registry;
import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data sets, each loaded when it is first asked for, once a process, and shared from then on.
 */
public final class Datasets {
  /** The data sets that sweeps name. */
  public static final Registry<DatasetSource> ALL =
      Registry.of(
          DatasetSource.class, List.of(new Digits(), new FashionMnist(), new OneDimensional()));

  private static final Map<List<String>, Dataset> LOADED = new HashMap<>();

  private Datasets() {}

  /**
   * Whether the data set of a name has no files, and so is wherever Terrain is.
   *
   * @throws IllegalArgumentException if there is no data set of this name
   */
  public static boolean isIncluded(String name) {
    return ALL.named(name).standardLocation().isEmpty();
  }

  /**
   * Where the files of a data set are.
   *
   * @param location folder or {@code gs://} prefix; null for where they are by default
   * @return an absolute path or {@code gs://} address; empty if it has no files
   * @throws IllegalArgumentException if there is no data set of this name
   */
  public static Optional<String> address(String name, @Nullable String location) {
    return ALL.named(name)
        .standardLocation()
        .map(standard -> ObjectStores.absolute(location == null ? standard : location));
  }

  /** The data set of a name from its standard place: {@code get(name, null)}. */
  public static Dataset get(String name) throws IOException {
    return get(name, null);
  }

  /**
   * The data set of a name.
   *
   * @param location folder or {@code gs://} prefix with its files; null for its standard place.
   *     Without effect on one that has no files
   * @throws IllegalArgumentException if there is no data set of this name
   * @throws InvalidDataException if a file is missing, cannot be read or is corrupt; the message
   *     names it and says what to do
   * @throws IOException if the storage fails
   */
  public static synchronized Dataset get(String name, @Nullable String location)
      throws IOException {
    DatasetSource source = ALL.named(name);
    String place = source.standardLocation().map(at -> location == null ? at : location).orElse("");
    List<String> key = List.of(name, place);
    Dataset dataset = LOADED.get(key);
    if (dataset == null) {
      dataset = source.load(place);
      LOADED.put(key, dataset);
    }
    return dataset;
  }
}
