package dev.terrain.surface;

import dev.terrain.surface.Allocator.Threshold;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of native memory that the engine frees.
 *
 * <p>Every step of a training frees what it has computed and asks for as much again. GNU's C
 * library would give large blocks back to the system at once and the next step would have them
 * zeroed anew, page by page. So it is told to keep them, before the engine is loaded, and to give
 * back what is free ten seconds after a unit's memory was freed: what it keeps is bounded by what
 * the units of ten seconds needed.
 */
public enum FreedMemory {
  /** Kept for what is asked for next, and given back now and then. */
  KEPT("kept for the next step, given back every 10 s"),
  /** As thresholds in the environment say, which are left alone. */
  AS_CONFIGURED("as MALLOC_ variables or GLIBC_TUNABLES say"),
  /** As a C library does that takes no thresholds. */
  UNMANAGED("as the C library does by itself");

  private static final Logger LOG = LoggerFactory.getLogger(FreedMemory.class);

  private static final int GIVE_BACK_AFTER_SECONDS = 10;

  /** Above any array of a step; the library takes no more than an int. */
  private static final int LARGE = 1 << 30;

  /** What versions that know a largest threshold still take. */
  private static final int LARGEST_EVERYWHERE = 1 << 25;

  /**
   * A thread's heaps have at most this size: with as much to spare none is given up when empty.
   * What does not fit in one is mapped by itself all the same.
   */
  private static final int HEAP = 1 << 26;

  private static final String TUNABLES = "GLIBC_TUNABLES";

  private static final class Holder {
    static final Optional<CLibrary> LIBRARY = CLibrary.open();
    static final FreedMemory OF_PROCESS = settle(LIBRARY, System.getenv());

    static {
      LOG.debug("freed native memory: {}", OF_PROCESS);
    }
  }

  private static final AtomicBoolean DUE = new AtomicBoolean();

  private final String words;

  FreedMemory(String words) {
    this.words = words;
  }

  /** Of this process; decided by the first call, which is before the engine is loaded. */
  public static FreedMemory ofThisProcess() {
    return Holder.OF_PROCESS;
  }

  /** Tells an allocator to keep what is freed, unless the environment tells it something else. */
  static FreedMemory settle(
      Optional<? extends Allocator> allocator, Map<String, String> environment) {
    if (allocator.isEmpty()) {
      return UNMANAGED;
    }
    if (Arrays.stream(Threshold.values()).anyMatch(threshold -> isSet(threshold, environment))) {
      return AS_CONFIGURED;
    }
    Allocator library = allocator.get();
    boolean taken =
        library.set(Threshold.MAPPED, LARGE) || library.set(Threshold.MAPPED, LARGEST_EVERYWHERE);
    taken &= library.set(Threshold.TRIMMED, Integer.MAX_VALUE);
    taken &= library.set(Threshold.SPARE, HEAP);
    return taken ? KEPT : UNMANAGED;
  }

  private static boolean isSet(Threshold threshold, Map<String, String> environment) {
    return environment.containsKey(threshold.variable())
        || environment.getOrDefault(TUNABLES, "").contains(threshold.tunable());
  }

  /**
   * A unit has freed its memory: it goes back to the system in ten seconds, with all that is free
   * then.
   */
  static void giveBackLater() {
    if (ofThisProcess() == KEPT && DUE.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(GIVE_BACK_AFTER_SECONDS, TimeUnit.SECONDS)
          .execute(
              () -> {
                DUE.set(false);
                Holder.LIBRARY.ifPresent(Allocator::giveBack);
              });
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
