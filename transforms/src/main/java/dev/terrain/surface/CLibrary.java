package dev.terrain.surface;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import java.util.Optional;

/** GNU's C library, where this process has it: how its allocator deals with freed memory. */
final class CLibrary implements Allocator {
  private static final String ONLY_GNU = "gnu_get_libc_version";

  private final Function set;
  private final Function trim;

  private CLibrary(NativeLibrary process) {
    set = process.getFunction("mallopt");
    trim = process.getFunction("malloc_trim");
  }

  /** The library; empty on systems with another one. */
  static Optional<CLibrary> open() {
    try {
      NativeLibrary process = NativeLibrary.getProcess();
      process.getFunction(ONLY_GNU);
      return Optional.of(new CLibrary(process));
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean set(Threshold threshold, int bytes) {
    return set.invokeInt(new Object[] {threshold.parameter(), bytes}) == 1;
  }

  @Override
  public void giveBack() {
    trim.invokeInt(new Object[] {new NativeLong(0)});
  }
}
