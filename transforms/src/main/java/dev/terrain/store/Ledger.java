package dev.terrain.store;

import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
  private static final String SUFFIX = ".avro";
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{2,64}");

  private final ObjectStore store;

  public Ledger(ObjectStore store) {
    this.store = store;
  }

  /** Name of a unit's record in the store. */
  public static String name(String stage, String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key '" + key + "' must be 2 to 64 hexadecimal digits in lower case");
    }
    return folder(stage) + key.substring(0, 2) + "/" + key + SUFFIX;
  }

  private static String folder(String stage) {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException(
          "stage '" + stage + "' must be a word of a-z, 0-9, '_' and '-'");
    }
    return "ledger/" + stage + "/";
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
    for (String name : store.list(folder(stage))) {
      key(stage, name).ifPresent(keys::add);
    }
    return Collections.unmodifiableSet(keys);
  }

  /**
   * The keys of a stage's finished units, the one recorded last first. The order is that of the
   * storage's clock, which forgets it when a study is copied.
   */
  public List<String> latestKeys(String stage) throws IOException {
    return store.describe(folder(stage)).stream()
        .sorted(Comparator.comparing(StoredObject::modified).reversed())
        .flatMap(object -> key(stage, object.name()).stream())
        .toList();
  }

  private static Optional<String> key(String stage, String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    if (!file.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String key = file.substring(0, file.length() - SUFFIX.length());
    return KEY.matcher(key).matches() && name.equals(name(stage, key))
        ? Optional.of(key)
        : Optional.empty();
  }
}
