package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.SealedBytes;
import dev.terrain.v1.AvroLimits;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The units of work of a study that failed and have not been finished since: a map from (stage,
 * key) to the last {@link Failure}, which says how often the unit has been tried. Each is one
 * message of Avro's single-object encoding, {@code failed/<stage>/<first two digits of the
 * key>/<key>.avro}.
 */
public final class FailedUnits {
  static {
    AvroLimits.set();
  }

  private static final String FOLDER = "failed";

  private final ObjectStore store;

  public FailedUnits(ObjectStore store) {
    this.store = store;
  }

  /** The last failure of a unit; empty if it has not failed, or what is kept cannot be read. */
  public Optional<Failure> find(String stage, String key) throws IOException {
    Optional<byte[]> bytes = store.read(UnitNames.of(FOLDER, stage, key));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Failure.getDecoder().decode(SealedBytes.open(bytes.get())))
          .filter(failure -> key.equals(failure.getKey()));
    } catch (IOException | RuntimeException e) {
      // Avro throws what it happens upon when the bytes are not what they should be.
      // Then the unit is tried once more, which is all that depends on it.
      return Optional.empty();
    }
  }

  /** Keeps the failure of a unit in the place of an earlier one. */
  public void record(Failure failure) throws IOException {
    store.write(
        UnitNames.of(FOLDER, failure.getStage(), failure.getKey()),
        SealedBytes.seal(Failure.getEncoder().encode(failure)));
  }

  /** Forgets the failures of a unit; no effect if there are none. */
  public void forget(String stage, String key) throws IOException {
    store.delete(UnitNames.of(FOLDER, stage, key));
  }

  /** The keys of a stage's failed units, ascending. */
  public Set<String> keys(String stage) throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    for (String name : store.list(UnitNames.folder(FOLDER, stage))) {
      UnitNames.key(FOLDER, stage, name).ifPresent(keys::add);
    }
    return keys;
  }
}
