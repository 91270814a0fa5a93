package dev.terrain.pipelines;

import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** A store whose process is killed at its n-th writing. */
final class DyingStore {
  private DyingStore() {}

  /**
   * A store that writes some objects and then no more.
   *
   * @param writes how many objects it writes
   * @param written gets their names
   */
  static ObjectStore of(ObjectStore store, int writes, List<String> written) {
    int[] left = {writes};
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write")) {
                if (left[0]-- == 0) {
                  throw new IOException("killed");
                }
                written.add((String) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
