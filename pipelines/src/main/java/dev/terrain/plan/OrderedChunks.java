package dev.terrain.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Maps many elements on all processors, some hundred at a time, and hands on the results in the
 * elements' order.
 */
final class OrderedChunks {
  private static final int CHUNK = 512;

  private OrderedChunks() {}

  /** A function that reads. */
  @FunctionalInterface
  interface Reading<T, R> {
    R apply(T element) throws IOException;
  }

  /** What is done with the results of a chunk. */
  @FunctionalInterface
  interface ChunkConsumer<R> {
    void accept(List<R> chunk) throws IOException;
  }

  /**
   * Maps the elements of a stream.
   *
   * @param function called by several threads
   * @param consumer called by the calling thread
   */
  static <T, R> void forEach(Stream<T> elements, Reading<T, R> function, ChunkConsumer<R> consumer)
      throws IOException {
    Iterator<T> rest = elements.iterator();
    while (rest.hasNext()) {
      List<T> chunk = new ArrayList<>(CHUNK);
      while (rest.hasNext() && chunk.size() < CHUNK) {
        chunk.add(rest.next());
      }
      consumer.accept(map(chunk, function));
    }
  }

  /** Maps the elements of a list. */
  static <T, R> List<R> map(List<T> elements, Reading<T, R> function) throws IOException {
    try {
      return elements.parallelStream()
          .map(
              element -> {
                try {
                  return function.apply(element);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
