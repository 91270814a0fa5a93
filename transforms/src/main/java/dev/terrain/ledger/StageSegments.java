package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.Sha256;
import dev.terrain.v1.AvroLimits;
import dev.terrain.v1.LedgerSegment;
import dev.terrain.v1.SegmentEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of one stage of a ledger. Each is two immutable objects, {@code
 * segments/<stage>/<hash>.records}, records one after the other, and {@code <hash>.index}, a
 * message of Avro's single-object encoding, whose SHA-256 is the hash and without which the records
 * do not count. Where the index is damaged, the records themselves are read for what it said.
 *
 * <p>What was listed is kept; any number of threads may use it at once.
 */
final class StageSegments {
  static {
    AvroLimits.set();
  }

  private static final Logger LOG = LoggerFactory.getLogger(StageSegments.class);

  static final String INDEX = ".index";
  static final String RECORDS = ".records";

  /** Within this time a segment that another process made may not be seen. */
  static final Duration STALENESS = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final String folder;
  private volatile Snapshot snapshot;
  private volatile long trustedFrom;

  StageSegments(ObjectStore store, String stage) {
    this.store = store;
    this.folder = folder(stage);
    this.trustedFrom = System.nanoTime();
    this.snapshot = new Snapshot(Map.of(), Map.of(), trustedFrom - 1);
  }

  static String folder(String stage) {
    return UnitNames.folder("segments", stage);
  }

  /**
   * Where a record is.
   *
   * @param segment name of the segment, without its ending
   */
  record Place(String segment, long offset, int length, RecordSummary summary) {}

  /**
   * What was there when the storage was asked last.
   *
   * @param segments entries by segment
   * @param places the same by key
   * @param time when it was asked, in nanoseconds
   */
  private record Snapshot(
      Map<String, Map<String, Place>> segments, Map<String, Place> places, long time) {}

  /** The records by key, as the storage has them now. */
  Map<String, Place> places() throws IOException {
    return snapshotSince(System.nanoTime()).places();
  }

  /** Where a record is; asks the storage only if that was not done of late. */
  Optional<Place> find(String key) throws IOException {
    long recent = System.nanoTime() - STALENESS.toNanos();
    return find(key, recent - trustedFrom > 0 ? recent : trustedFrom);
  }

  /** Where a record is, in whatever segment there is now. */
  Optional<Place> findNow(String key) throws IOException {
    return find(key, System.nanoTime());
  }

  private Optional<Place> find(String key, long since) throws IOException {
    Place known = snapshot.places().get(key);
    return Optional.ofNullable(known != null ? known : snapshotSince(since).places().get(key));
  }

  /** What was listed up to now is no longer taken to be all that there is. */
  void distrust() {
    trustedFrom = System.nanoTime();
  }

  /** The bytes of a record; empty if its segment is gone. */
  Optional<byte[]> read(Place place) throws IOException {
    return store.readRange(place.segment() + RECORDS, place.offset(), place.length());
  }

  String uri(Place place) {
    return store.uri(place.segment() + RECORDS);
  }

  /** The entries of a segment by key; empty if it is gone. */
  Map<String, Place> entries(String segment) {
    return snapshot.segments().getOrDefault(segment, Map.of());
  }

  /** What was there when the storage was asked, at a time or later. */
  private synchronized Snapshot snapshotSince(long time) throws IOException {
    if (snapshot.time() - time >= 0) {
      return snapshot;
    }
    long now = System.nanoTime();
    List<String> names =
        store.list(folder).stream()
            .filter(name -> name.endsWith(INDEX))
            .map(name -> name.substring(0, name.length() - INDEX.length()))
            .toList();
    Map<String, Map<String, Place>> segments = new TreeMap<>();
    for (String name : names) {
      Map<String, Place> entries = snapshot.segments().get(name);
      if (entries == null) {
        entries = load(name);
      }
      segments.put(name, entries);
    }
    if (segments.keySet().equals(snapshot.segments().keySet())) {
      snapshot = new Snapshot(snapshot.segments(), snapshot.places(), now);
      return snapshot;
    }
    Map<String, Place> places = new HashMap<>();
    segments.values().forEach(places::putAll);
    snapshot = new Snapshot(segments, places, now);
    return snapshot;
  }

  private Map<String, Place> load(String segment) throws IOException {
    Optional<byte[]> bytes = store.read(segment + INDEX);
    Map<String, Place> entries = new HashMap<>();
    if (bytes.isEmpty()) {
      return entries;
    }
    try {
      for (SegmentEntry entry : decode(segment, bytes.get()).getEntries()) {
        entries.put(
            entry.getKey(),
            new Place(
                segment,
                entry.getOffset(),
                entry.getLength(),
                new RecordSummary(
                    entry.getDiverged(), entry.getDurationMs(), entry.getComputedAt())));
      }
      return entries;
    } catch (IOException | RuntimeException e) {
      // Avro throws what it happens upon when the bytes are not what they should be.
      LOG.warn(
          "{}: damaged index ({}); the records themselves are read",
          store.uri(segment + INDEX),
          e.getMessage());
      return scan(segment);
    }
  }

  private static LedgerSegment decode(String segment, byte[] index) throws IOException {
    if (!segment.endsWith("/" + Sha256.hex(index, 0, index.length))) {
      throw new IOException("its SHA-256 is not its name");
    }
    return LedgerSegment.getDecoder().decode(ByteBuffer.wrap(index));
  }

  private Map<String, Place> scan(String segment) throws IOException {
    Map<String, Place> entries = new HashMap<>();
    Optional<byte[]> records = store.read(segment + RECORDS);
    if (records.isPresent()) {
      for (UnitResultFile.Part part : UnitResultFile.decodeAll(records.get())) {
        RecordSummary summary = RecordSummary.of(part.result());
        entries.put(
            part.result().getKey(), new Place(segment, part.offset(), part.length(), summary));
      }
    }
    return entries;
  }
}
