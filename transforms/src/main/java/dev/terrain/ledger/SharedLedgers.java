package dev.terrain.ledger;

import dev.terrain.store.ObjectStores;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The ledgers of this process, one for each study that somebody works on: an engine makes many
 * instances of each function, and what is known of a ledger's segments is large and is read once.
 */
public final class SharedLedgers {
  private static final Map<String, WeakReference<Ledger>> LEDGERS = new HashMap<>();

  private SharedLedgers() {}

  /**
   * The ledger of a study, shared with all who have asked for the same one and hold it still. Sees
   * the segments that there are by now.
   *
   * @param study folder or {@code gs://} address, as {@link ObjectStores#open} takes it
   */
  public static synchronized Ledger of(String study) {
    WeakReference<Ledger> known = LEDGERS.get(study);
    Ledger ledger = known == null ? null : known.get();
    if (ledger == null) {
      LEDGERS.values().removeIf(other -> other.get() == null);
      ledger = new Ledger(ObjectStores.open(study));
      LEDGERS.put(study, new WeakReference<>(ledger));
    }
    ledger.distrust();
    return ledger;
  }
}
