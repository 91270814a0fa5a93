package dev.terrain.guard;

import dev.terrain.ledger.LeasesOfThisProcess;
import dev.terrain.surface.OpenManagers;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What of this process somebody has still to end, close or give back, by name. */
final class Leftovers {
  /** They wait for leases as long as the process lives. */
  private static final Set<String> THREADS_OF_PROCESS =
      Set.of("terrain-lease-clock", "terrain-leases");

  private Leftovers() {}

  static Set<String> now() {
    Set<String> leftovers = new TreeSet<>();
    OpenManagers.names().forEach(name -> leftovers.add("open NDManager of " + name));
    LeasesOfThisProcess.held().forEach(lease -> leftovers.add("held lease " + lease));
    TestFolders.standing().stream()
        .flatMap(folder -> LeasesOfThisProcess.objects(folder).stream())
        .forEach(lease -> leftovers.add("object of a lease " + lease));
    threads()
        .filter(thread -> thread.getName().startsWith("terrain-"))
        .filter(thread -> !THREADS_OF_PROCESS.contains(thread.getName()))
        .forEach(thread -> leftovers.add("thread " + thread.getName() + " " + thread.getId()));
    return leftovers;
  }

  private static Stream<Thread> threads() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    // Some more than are counted may have begun meanwhile.
    Thread[] threads = new Thread[2 * group.activeCount() + 64];
    group.enumerate(threads);
    return Arrays.stream(threads).filter(Objects::nonNull);
  }
}
