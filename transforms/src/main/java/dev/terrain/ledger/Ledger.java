package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.StoredObject;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The finished units of work of a study: a map from (stage, key) to one immutable {@link
 * UnitResult}, which the first to finish a unit records. Each record is an Avro container file of
 * its own, {@code ledger/<stage>/<first two digits of the key>/<key>.avro}, until {@linkplain
 * LedgerCompaction compaction} packs many into a segment.
 *
 * <p>A stage is a lower-case word ({@code a-z 0-9 _ -}); a key is a fingerprint of 2 to 64
 * hexadecimal digits (SHA-256: 64) in lower case. Others are refused with an {@link
 * IllegalArgumentException}. Any number of threads may use one ledger at once.
 */
public final class Ledger {
  private static final String FOLDER = "ledger";

  private final ObjectStore store;
  private final Map<String, StageSegments> segments = new ConcurrentHashMap<>();

  public Ledger(ObjectStore store) {
    this.store = store;
  }

  /** Name in the store of a unit's record that is not packed. */
  public static String name(String stage, String key) {
    return UnitNames.of(FOLDER, stage, key);
  }

  /**
   * The record of a unit; empty if it is not finished.
   *
   * @throws CorruptRecordException if the record is truncated, damaged or another unit's
   */
  public Optional<UnitResult> find(String stage, String key) throws IOException {
    return find(stage, key, segments(stage)::find);
  }

  /**
   * The same, also where the record was packed a moment ago, which {@link #find} may not know yet.
   * Whoever holds the unit's lease while this finds nothing may compute it: from then on the record
   * does not leave its place.
   *
   * @throws CorruptRecordException if the record is truncated, damaged or another unit's
   */
  public Optional<UnitResult> findNow(String stage, String key) throws IOException {
    return find(stage, key, segments(stage)::findNow);
  }

  private interface Index {
    Optional<StageSegments.Place> find(String key) throws IOException;
  }

  private Optional<UnitResult> find(String stage, String key, Index index) throws IOException {
    String name = name(stage, key);
    Optional<byte[]> single = store.read(name);
    if (single.isPresent()) {
      return Optional.of(decode(stage, key, single.get(), store.uri(name)));
    }
    Optional<StageSegments.Place> place = index.find(key);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> packed = segments(stage).read(place.get());
    if (packed.isPresent()) {
      return Optional.of(decode(stage, key, packed.get(), segments(stage).uri(place.get())));
    }
    // Its segment was taken apart a moment ago.
    Optional<byte[]> unpacked = store.read(name);
    return unpacked.isPresent()
        ? Optional.of(decode(stage, key, unpacked.get(), store.uri(name)))
        : Optional.empty();
  }

  private static UnitResult decode(String stage, String key, byte[] bytes, String uri)
      throws CorruptRecordException {
    UnitResult result = UnitResultFile.decode(bytes, uri);
    if (!result.getStage().equals(stage) || !result.getKey().equals(key)) {
      throw new CorruptRecordException(
          uri, "holds unit " + result.getKey() + " of stage " + result.getStage(), null);
    }
    return result;
  }

  /**
   * What a plan needs to know of a unit's record, without reading it if it is packed; empty if the
   * unit is not finished.
   *
   * @throws CorruptRecordException if the record is read, and is truncated, damaged or another
   *     unit's
   */
  public Optional<RecordSummary> summary(String stage, String key) throws IOException {
    Optional<StageSegments.Place> place = segments(stage).find(key);
    return place.isPresent()
        ? place.map(StageSegments.Place::summary)
        : find(stage, key).map(RecordSummary::of);
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

  /** The keys of a stage's finished units, in no order. */
  public Set<String> keys(String stage) throws IOException {
    // In this order a record that is packed meanwhile is seen twice rather than never.
    List<String> single = singleKeys(stage);
    Set<String> packed = packedKeys(stage);
    if (single.isEmpty()) {
      return packed;
    }
    Set<String> keys = new HashSet<>(packed);
    keys.addAll(single);
    return Collections.unmodifiableSet(keys);
  }

  /**
   * Which of some units are finished, for the price of listing the records whose keys begin as
   * theirs do: a 256th of a stage's.
   *
   * @param prefix the first two digits of all the keys
   */
  public Set<String> finished(String stage, String prefix, Collection<String> keys)
      throws IOException {
    Set<String> single = new HashSet<>();
    for (String name : store.list(UnitNames.folder(FOLDER, stage) + prefix + "/")) {
      UnitNames.key(FOLDER, stage, name).ifPresent(single::add);
    }
    Set<String> finished = new HashSet<>();
    for (String key : keys) {
      if (single.contains(key) || segments(stage).find(key).isPresent()) {
        finished.add(key);
      }
    }
    return finished;
  }

  /** The keys of the records that are objects of their own, ascending. */
  List<String> singleKeys(String stage) throws IOException {
    return store.list(UnitNames.folder(FOLDER, stage)).stream()
        .flatMap(name -> UnitNames.key(FOLDER, stage, name).stream())
        .toList();
  }

  /** The keys of the records that are in segments. */
  Set<String> packedKeys(String stage) throws IOException {
    return segments(stage).places().keySet();
  }

  /**
   * The keys of a stage's finished units, the one recorded last first. The order is that of the
   * storage's clock, which forgets it when a study is copied; units that are packed come last, by
   * the clocks of those who computed them.
   */
  public List<String> latestKeys(String stage) throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    store.describe(UnitNames.folder(FOLDER, stage)).stream()
        .sorted(Comparator.comparing(StoredObject::modified).reversed())
        .flatMap(object -> UnitNames.key(FOLDER, stage, object.name()).stream())
        .forEach(keys::add);
    segments(stage).places().entrySet().stream()
        .sorted(
            Map.Entry.<String, StageSegments.Place>comparingByValue(
                    Comparator.comparing(place -> place.summary().computedAt()))
                .reversed())
        .map(Map.Entry::getKey)
        .forEach(keys::add);
    return List.copyOf(keys);
  }

  /** Removes the record of a unit, which is to be computed anew; no effect if there is none. */
  public void forget(String stage, String key) throws IOException {
    StageSegments packed = segments(stage);
    StageSegments.Place place = packed.places().get(key);
    while (place != null) {
      unpack(stage, place.segment());
      place = packed.places().get(key);
    }
    store.delete(name(stage, key));
  }

  /**
   * The same by the record's {@linkplain #name name}.
   *
   * @throws IllegalArgumentException if it is not the name of a record
   */
  public void forget(String name) throws IOException {
    String[] parts = name.split("/", -1);
    String stage = parts.length == 4 ? parts[1] : "";
    String key =
        UnitNames.key(FOLDER, stage, name)
            .orElseThrow(() -> new IllegalArgumentException(name + " is not a record's name"));
    forget(stage, key);
  }

  /** Puts the records of a segment back into objects of their own. */
  private void unpack(String stage, String segment) throws IOException {
    StageSegments packed = segments(stage);
    List<Map.Entry<String, StageSegments.Place>> entries =
        new ArrayList<>(packed.entries(segment).entrySet());
    for (Map.Entry<String, StageSegments.Place> entry : entries) {
      Optional<byte[]> bytes = packed.read(entry.getValue());
      if (bytes.isPresent()) {
        store.createIfAbsent(name(stage, entry.getKey()), bytes.get());
      }
    }
    store.delete(segment + StageSegments.INDEX);
    store.delete(segment + StageSegments.RECORDS);
  }

  /** What segments there are is asked anew before a unit is said not to be in any. */
  void distrust() {
    segments.values().forEach(StageSegments::distrust);
  }

  private StageSegments segments(String stage) {
    return segments.computeIfAbsent(stage, name -> new StageSegments(store, name));
  }
}
