package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to compute one unit of work of a study, which one process has at a time, so that
 * several share the work instead of doing it twice. It saves work and guards nothing: whoever
 * computes a unit all the same records the same result.
 *
 * <p>A lease is an object {@code leases/<stage>/<first two digits of the key>/<key>-<n>}, created
 * if absent, that its holder renews. It has expired when another process has seen it unchanged for
 * a while, by that process's own clock, or knows that its holder, a process of the same machine, is
 * gone. Of those who find lease {@code n} expired the one that creates {@code n + 1} has it.
 *
 * <p>For one thread at a time.
 */
public final class UnitLease implements AutoCloseable {
  /** Renewed leases survive a pause of their holder, or of the storage, of some renewals. */
  public static final Duration EXPIRY = Duration.ofSeconds(30);

  private static final String FOLDER = "leases";

  private final ObjectStore store;
  private final String name;
  private final Duration expiry;
  private int held;
  private @Nullable LeaseRenewal renewal;
  private @Nullable String seenName;
  private byte @Nullable [] seen;
  private long seenSince;

  /** The lease of a unit, which is not acquired yet. */
  public UnitLease(ObjectStore store, String stage, String key) {
    this(store, stage, key, EXPIRY);
  }

  UnitLease(ObjectStore store, String stage, String key, Duration expiry) {
    this.store = store;
    this.name = UnitNames.of(FOLDER, stage, key).replaceFirst("\\.avro$", "-");
    this.expiry = expiry;
  }

  /**
   * Whether any process may hold a lease of a study: there is one, and its holder is not known to
   * be gone.
   */
  static boolean anyHeld(ObjectStore store) throws IOException {
    for (String name : store.list(FOLDER + "/")) {
      Optional<byte[]> lease = store.read(name);
      if (lease.isPresent() && !isOfProcessThatIsGone(lease.get())) {
        return true;
      }
    }
    return false;
  }

  /** Tries to get the lease; until it is closed, it is renewed in the background. */
  public boolean acquire() throws IOException {
    int last = 0;
    byte[] holder = null;
    for (Optional<byte[]> found = store.read(name + 1);
        found.isPresent();
        found = store.read(name + (last + 1))) {
      last++;
      holder = found.get();
    }
    if (holder != null && !hasExpired(name + last, holder)) {
      return false;
    }
    if (!store.createIfAbsent(name + (last + 1), LeaseHolder.THIS_PROCESS.lease(0))) {
      return false;
    }
    int acquired = last + 1;
    held = acquired;
    renewal = LeaseRenewal.start(store, name + acquired, expiry, () -> remove(acquired));
    return true;
  }

  private boolean hasExpired(String object, byte[] holder) {
    if (isOfProcessThatIsGone(holder)) {
      return true;
    }
    long now = System.nanoTime();
    if (!object.equals(seenName) || !Arrays.equals(holder, seen)) {
      seenName = object;
      seen = holder;
      seenSince = now;
    }
    return now - seenSince > expiry.toNanos();
  }

  private static boolean isOfProcessThatIsGone(byte[] lease) {
    return LeaseHolder.parse(lease).filter(LeaseHolder::isGone).isPresent();
  }

  /** Whether it was acquired and nobody has taken it over since, as after a long pause. */
  public boolean isHeld() throws IOException {
    return held != 0
        && store
            .read(name + held)
            .flatMap(LeaseHolder::parse)
            .filter(LeaseHolder.THIS_PROCESS::equals)
            .isPresent()
        && !store.exists(name + (held + 1));
  }

  /**
   * Gives the lease back, if it was acquired and nobody has taken it over since. Where a renewal
   * hangs, that is done once it has come to its end.
   */
  @Override
  public void close() throws IOException {
    if (held == 0) {
      return;
    }
    int last = held;
    held = 0;
    if (Objects.requireNonNull(renewal).stop()) {
      remove(last);
    }
  }

  private void remove(int last) throws IOException {
    // Whoever took it over removes this one too: without it nobody would look for a higher one.
    if (store.exists(name + (last + 1))) {
      return;
    }
    // The highest one last: before it is gone, nobody takes a lower one for the last.
    for (int i = 1; i <= last; i++) {
      store.delete(name + i);
    }
  }
}
