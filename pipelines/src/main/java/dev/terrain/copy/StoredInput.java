package dev.terrain.copy;

import dev.terrain.store.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a stored object from the first to the last, of which few are held at a time. */
final class StoredInput extends InputStream {
  /** In a bucket every piece is a request. */
  private static final int PIECE = 8 << 20;

  private final ObjectStore store;
  private final String name;
  private byte[] piece = new byte[0];
  private int position;
  private long offset;
  private boolean ended;

  StoredInput(ObjectStore store, String name) {
    this.store = store;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position == piece.length && !ended) {
      next();
    }
    if (position == piece.length) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, start, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    piece =
        store
            .readRange(name, offset, PIECE)
            .orElseThrow(() -> new FileNotFoundException(store.uri(name)));
    position = 0;
    offset += piece.length;
    ended = piece.length < PIECE;
  }
}
