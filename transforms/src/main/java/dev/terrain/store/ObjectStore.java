package dev.terrain.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A map from names to immutable byte strings, kept in a folder or a bucket.
 *
 * <p>A name is relative to the store's root: segments joined by {@code /}, none of them empty, "."
 * or "..", none beginning with {@code .tmp-}, without backslashes and control characters. Any other
 * name is refused with an {@link IllegalArgumentException}.
 *
 * <p>No reader ever sees part of an object. Any number of threads and processes may use one store
 * at once. A store is cheap to open and is not serialisable: what travels between machines carries
 * the text that {@link ObjectStores#open} takes.
 *
 * <p>Every method throws {@link IOException}, with a message that names the object, if the storage
 * fails.
 */
public interface ObjectStore {
  /** The object of this name; empty if there is none. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Some bytes of the object of this name, as many as there are; empty if there is no such object.
   *
   * @param offset the first of them
   * @param length how many
   */
  Optional<byte[]> readRange(String name, long offset, int length) throws IOException;

  /** Puts an object in the place of whatever has this name. */
  void write(String name, byte[] bytes) throws IOException;

  /**
   * Puts an object if the name is free. Of several writers that race for one name exactly one puts
   * its object; the answer {@code true} is given to that one at most, and can be lost if its
   * connection breaks after the object was put.
   *
   * @return whether the object was put
   */
  boolean createIfAbsent(String name, byte[] bytes) throws IOException;

  /** Whether there is an object of this name. */
  boolean exists(String name) throws IOException;

  /**
   * The names that begin with a prefix, ascending.
   *
   * @param prefix the beginning of a name, not necessarily whole segments; empty for all names
   */
  List<String> list(String prefix) throws IOException;

  /**
   * The objects whose names begin with a prefix, by name, without what they hold.
   *
   * @param prefix as for {@link #list}
   */
  List<StoredObject> describe(String prefix) throws IOException;

  /** Removes an object; no effect if there is none. */
  void delete(String name) throws IOException;

  /**
   * Files that writers have not finished, or never will, as they were killed; by name. Storage that
   * makes no such files has none.
   */
  List<StoredObject> temporaries() throws IOException;

  /**
   * Removes such a file; no effect if there is none.
   *
   * @param name as {@link #temporaries} gives it
   */
  void deleteTemporary(String name) throws IOException;

  /** Where the object of this name is or would be: an absolute path, or a gs:// address. */
  String uri(String name);
}
