package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store that hands every call to another, for tests that watch or disturb some of them. */
public class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  /** Hands calls to a store. */
  public ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return store.read(name);
  }

  @Override
  public Optional<byte[]> readRange(String name, long offset, int length) throws IOException {
    return store.readRange(name, offset, length);
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    store.write(name, bytes);
  }

  @Override
  public boolean createIfAbsent(String name, byte[] bytes) throws IOException {
    return store.createIfAbsent(name, bytes);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return store.exists(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public List<StoredObject> describe(String prefix) throws IOException {
    return store.describe(prefix);
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(name);
  }

  @Override
  public List<StoredObject> temporaries() throws IOException {
    return store.temporaries();
  }

  @Override
  public void deleteTemporary(String name) throws IOException {
    store.deleteTemporary(name);
  }

  @Override
  public String uri(String name) {
    return store.uri(name);
  }
}
