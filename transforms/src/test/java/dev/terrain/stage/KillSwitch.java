package dev.terrain.stage;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Stands for a process that is killed after some events: steps inside a unit, and the moments
 * before and after a change in the store.
 */
public final class KillSwitch implements StageListener {
  private long left = Long.MAX_VALUE;

  /** What nothing catches. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Kills at that event from now on, counted from 1. */
  public void arm(long event) {
    left = event;
  }

  private void event() {
    if (--left == 0) {
      throw new Killed();
    }
  }

  @Override
  public void onTrainingStep(int examples) {
    event();
  }

  @Override
  public void onHessianProduct() {
    event();
  }

  @Override
  public void onPathGradient() {
    event();
  }

  /** The store as such a process uses it. */
  public ObjectStore in(ObjectStore store) {
    return new Store(store);
  }

  private final class Store implements ObjectStore {
    private final ObjectStore store;

    Store(ObjectStore store) {
      this.store = store;
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
      event();
      store.write(name, bytes);
      event();
    }

    @Override
    public boolean createIfAbsent(String name, byte[] bytes) throws IOException {
      event();
      boolean created = store.createIfAbsent(name, bytes);
      event();
      return created;
    }

    @Override
    public void delete(String name) throws IOException {
      event();
      store.delete(name);
      event();
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
}
