package dev.terrain.data;

import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets, each loaded when it is first asked for, once a process, and shared from then on.
 */
public final class Datasets {
  private static final Map<List<String>, Dataset> LOADED = new HashMap<>();

  private Datasets() {}

  /** Whether the data set of a name is a part of Terrain, and so is wherever Terrain is. */
  public static boolean isIncluded(String name) {
    return name.equals(Digits.NAME);
  }

  /**
   * Where the files of a data set are.
   *
   * @param location folder or {@code gs://} prefix; null for where they are by default
   * @return an absolute path or {@code gs://} address; empty for a part of Terrain
   */
  public static Optional<String> address(String name, String location) {
    return isIncluded(name)
        ? Optional.empty()
        : Optional.of(
            ObjectStores.absolute(location == null ? FashionMnist.STANDARD_LOCATION : location));
  }

  /** The data set of a name from its standard place: {@code get(name, null)}. */
  public static Dataset get(String name) throws IOException {
    return get(name, null);
  }

  /**
   * The data set of a name.
   *
   * @param name {@code digits} (part of Terrain) or {@code fashion-mnist}
   * @param location folder or {@code gs://} prefix with the files of fashion-mnist; null for {@code
   *     /usr/share/datasets/fashion-mnist}. Without effect on digits
   * @throws IllegalArgumentException if there is no data set of this name
   * @throws InvalidDataException if a file is missing, cannot be read or is corrupt; the message
   *     names it and says what to do
   * @throws IOException if the storage fails
   */
  public static synchronized Dataset get(String name, String location) throws IOException {
    List<String> key;
    switch (name) {
      case Digits.NAME -> key = List.of(name);
      case FashionMnist.NAME ->
          key = List.of(name, location == null ? FashionMnist.STANDARD_LOCATION : location);
      default ->
          throw new IllegalArgumentException(
              "unknown data set '"
                  + name
                  + "'; there are "
                  + Digits.NAME
                  + " and "
                  + FashionMnist.NAME);
    }
    Dataset dataset = LOADED.get(key);
    if (dataset == null) {
      dataset = name.equals(Digits.NAME) ? Digits.load() : FashionMnist.load(key.get(1));
      LOADED.put(key, dataset);
    }
    return dataset;
  }
}
