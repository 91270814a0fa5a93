package dev.terrain.store;

import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The finished units of work of a study: a map from (stage, key) to one immutable {@link
 * UnitResult}, which the first to finish a unit records. Each record is an Avro container file of
 * its own, {@code ledger/<stage>/<first two digits of the key>/<key>.avro}.
 *
 * <p>A stage is a lower-case word ({@code a-z 0-9 _ -}); a key is a fingerprint of 2 to 64
 * hexadecimal digits (SHA-256: 64) in lower case. Others are refused with an {@link
 * IllegalArgumentException}. Any number of threads may use one ledger at once.
 */
public final class Ledger {
  private static final String FOLDER = "ledger";

  private final ObjectStore store;

  public Ledger(ObjectStore store) {
    this.store = store;
  }

  /** Name of a unit's record in the store. */
  public static String name(String stage, String key) {
    return UnitNames.of(FOLDER, stage, key);
  }

  /**
   * The record of a unit; empty if it is not finished.
   *
   * @throws CorruptRecordException if the record is truncated, damaged or another unit's
   */
  public Optional<UnitResult> find(String stage, String key) throws IOException {
    String name = name(stage, key);
    Optional<byte[]> bytes = store.read(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    String uri = store.uri(name);
    UnitResult result = UnitResultFile.decode(bytes.get(), uri);
    if (!result.getStage().equals(stage) || !result.getKey().equals(key)) {
      throw new CorruptRecordException(
          uri, "holds unit " + result.getKey() + " of stage " + result.getStage(), null);
    }
    return Optional.of(result);
  }

  /**
   * Records a finished unit, unless it has been recorded.
   *
   * @return whether this record was put; if not, the earlier one stands
   */
  public boolean record(UnitResult result) throws IOException {
    String name = name(result.getStage(), result.getKey());
    return store.createIfAbsent(name, UnitResultFile.encode(result));
  }

  /** The keys of a stage's finished units, ascending. */
  public Set<String> keys(String stage) throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    for (String name : store.list(UnitNames.folder(FOLDER, stage))) {
      UnitNames.key(FOLDER, stage, name).ifPresent(keys::add);
    }
    return Collections.unmodifiableSet(keys);
  }

  /**
   * The keys of a stage's finished units, the one recorded last first. The order is that of the
   * storage's clock, which forgets it when a study is copied.
   */
  public List<String> latestKeys(String stage) throws IOException {
    return store.describe(UnitNames.folder(FOLDER, stage)).stream()
        .sorted(Comparator.comparing(StoredObject::modified).reversed())
        .flatMap(object -> UnitNames.key(FOLDER, stage, object.name()).stream())
        .toList();
  }

  /** Removes the record of a unit, which is to be computed anew; no effect if there is none. */
  public void forget(String stage, String key) throws IOException {
    store.delete(name(stage, key));
  }
}
