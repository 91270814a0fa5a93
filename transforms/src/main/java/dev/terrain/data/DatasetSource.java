package dev.terrain.data;

import dev.terrain.registry.Extension;
import java.io.IOException;
import java.util.Optional;

/** Where the images and labels of a data set come from. To add one, list it in {@link Datasets}. */
public interface DatasetSource extends Extension {
  @Override
  default String kind() {
    return "dataset";
  }

  /**
   * Folder or {@code gs://} prefix where its files are unless a user says otherwise; empty if it
   * has none but comes with the class, and so is wherever that is.
   */
  Optional<String> standardLocation();

  /**
   * Reads the data set. The same files give the same bytes in the same order everywhere.
   *
   * @param location folder or {@code gs://} prefix of its files; without meaning where there is no
   *     standard location
   * @throws InvalidDataException if a file is missing, cannot be read or is corrupt; the message
   *     names it and says what to do
   * @throws IOException if the storage fails
   */
  Dataset load(String location) throws IOException;
}
