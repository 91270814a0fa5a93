package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.Sha256;
import dev.terrain.v1.LedgerSegment;
import dev.terrain.v1.SegmentEntry;
import dev.terrain.v1.UnitResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the records of a ledger, each an object of its own, into segments of many, so that a
 * study's standing takes a few requests instead of one a unit.
 *
 * <p>Safe beside running jobs and when killed: a segment counts once it is whole, and only then are
 * the single records removed; whoever looks for a record finds it in one place or the other. While
 * a process holds a lease the single records stay, since that process may not know of the segment
 * yet; the next compaction removes them. Leases of processes that are known to be gone, as they
 * were killed, count for nothing.
 */
public final class LedgerCompaction {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerCompaction.class);
  private static final int MOST_RECORDS = 20_000;
  private static final int MOST_BYTES = 64 << 20;

  private final ObjectStore store;
  private final Ledger ledger;

  public LedgerCompaction(ObjectStore store) {
    this.store = store;
    this.ledger = new Ledger(store);
  }

  /**
   * What a compaction did.
   *
   * @param records records that are in a segment now and were not before
   * @param segments segments made
   * @param removed objects of single records that were removed
   */
  public record Outcome(int records, int segments, int removed) {
    /** Both together. */
    public Outcome plus(Outcome other) {
      return new Outcome(
          records + other.records, segments + other.segments, removed + other.removed);
    }
  }

  /** Packs the records of each of some stages that has at least a number of them. */
  public Outcome compact(Collection<String> stages, int least) throws IOException {
    Outcome outcome = new Outcome(0, 0, 0);
    for (String stage : stages) {
      outcome = outcome.plus(compact(stage, least));
    }
    return outcome;
  }

  /**
   * Packs the records of a stage. A record that cannot be read stays where it is.
   *
   * @param least number of single records below which nothing is done
   */
  public Outcome compact(String stage, int least) throws IOException {
    List<String> single = ledger.singleKeys(stage);
    if (single.size() < least) {
      return new Outcome(0, 0, 0);
    }
    Set<String> packed = ledger.packedKeys(stage);
    List<String> fresh = single.stream().filter(key -> !packed.contains(key)).toList();
    int records = 0;
    int segments = 0;
    Segment segment = new Segment(stage);
    for (String key : fresh) {
      segment.add(key);
      if (segment.isFull()) {
        records += segment.write();
        segments++;
        segment = new Segment(stage);
      }
    }
    if (!segment.entries.isEmpty()) {
      records += segment.write();
      segments++;
    }
    return new Outcome(records, segments, removeSingles(stage, single));
  }

  private int removeSingles(String stage, List<String> single) throws IOException {
    if (UnitLease.anyHeld(store)) {
      return 0;
    }
    Set<String> packed = ledger.packedKeys(stage);
    int removed = 0;
    for (String key : single) {
      if (packed.contains(key)) {
        store.delete(Ledger.name(stage, key));
        removed++;
      }
    }
    return removed;
  }

  /** A segment that is being filled. */
  private final class Segment {
    private final String stage;
    private final List<SegmentEntry> entries = new ArrayList<>();
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    Segment(String stage) {
      this.stage = stage;
    }

    void add(String key) throws IOException {
      String name = Ledger.name(stage, key);
      Optional<byte[]> bytes = store.read(name);
      if (bytes.isEmpty()) {
        return;
      }
      try {
        UnitResult result = UnitResultFile.decode(bytes.get(), store.uri(name));
        RecordSummary summary = RecordSummary.of(result);
        entries.add(
            SegmentEntry.newBuilder()
                .setKey(key)
                .setOffset(records.size())
                .setLength(bytes.get().length)
                .setDiverged(summary.hasDiverged())
                .setDurationMs(summary.durationMs())
                .setComputedAt(summary.computedAt())
                .build());
        records.writeBytes(bytes.get());
      } catch (CorruptRecordException e) {
        LOG.warn("not packed: {}", e.getMessage());
      }
    }

    boolean isFull() {
      return entries.size() >= MOST_RECORDS || records.size() >= MOST_BYTES;
    }

    int write() throws IOException {
      ByteBuffer message =
          LedgerSegment.getEncoder()
              .encode(LedgerSegment.newBuilder().setStage(stage).setEntries(entries).build());
      byte[] index = new byte[message.remaining()];
      message.get(index);
      String segment = StageSegments.folder(stage) + Sha256.hex(index, 0, index.length);
      store.write(segment + StageSegments.RECORDS, records.toByteArray());
      store.write(segment + StageSegments.INDEX, index);
      return entries.size();
    }
  }
}
