package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TorchScript module that all who need the same text share; any number of threads may run it.
 * Loading one takes a tenth of a second and a megabyte, so the process keeps those in use and the
 * {@value #KEPT} last used ones.
 */
final class SharedModule {
  /** Modules that are kept though nobody uses them. */
  static final int KEPT = 64;

  private static final Map<String, SharedModule> LOADED = new LinkedHashMap<>(16, 0.75f, true);

  private final NDManager manager = Torch.newManagerOfProcess();
  private final PtSymbolBlock block;
  private final Map<String, NDArray> methods = new ConcurrentHashMap<>();
  private int users;

  private SharedModule(String name, String source) {
    block = ScriptArchive.load(manager, name, source);
  }

  /**
   * The module of a text; to be given back by {@link #release}.
   *
   * @param name of the class that the text defines
   */
  static SharedModule acquire(String name, String source) {
    synchronized (LOADED) {
      SharedModule module = LOADED.computeIfAbsent(source, text -> new SharedModule(name, text));
      module.users++;
      return module;
    }
  }

  /** The caller needs it no more. */
  void release() {
    synchronized (LOADED) {
      users--;
      long unused = LOADED.values().stream().filter(module -> module.users == 0).count();
      Iterator<SharedModule> oldestFirst = LOADED.values().iterator();
      while (unused > KEPT) {
        SharedModule module = oldestFirst.next();
        if (module.users == 0) {
          oldestFirst.remove();
          module.block.close();
          module.manager.close();
          unused--;
        }
      }
    }
  }

  /** How many are loaded. */
  static int loaded() {
    synchronized (LOADED) {
      return LOADED.size();
    }
  }

  /**
   * Calls a method.
   *
   * @return its results, in the scope of the first argument
   */
  NDList call(String method, NDList arguments) {
    NDList all = new NDList(arguments);
    all.add(methods.computeIfAbsent(method, name -> ScriptArchive.method(manager, name)));
    return IValueUtils.forward(block, all, true);
  }
}
