package dev.terrain.data;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * @throws IOException if a file is missing or corrupt; the message names it and says what to do
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
