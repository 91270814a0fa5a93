package dev.terrain.surface;

import java.util.Set;

/** The scopes of native memory that are open in this process, for tests that want none left. */
public final class OpenManagers {
  private OpenManagers() {}

  /** Who opened each, and its name. */
  public static Set<String> names() {
    return Torch.openManagers();
  }
}
