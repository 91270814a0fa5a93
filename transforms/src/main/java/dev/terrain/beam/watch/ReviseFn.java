package dev.terrain.beam.watch;

import dev.terrain.beam.CellSummaries;
import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.stage.standard.Stages;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellKnowledge;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.CellRows;
import dev.terrain.v1.Failure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the news of a cell, and some time after each summarises what has changed. News are read
 * once: then they are part of what is known of the cell.
 */
final class ReviseFn extends DoFn<KV<String, CellNews>, Cell> {
  /** News that come together are summarised together. */
  static final Duration PATIENCE = Duration.standardSeconds(2);

  static final TupleTag<Cell> CELLS = new TupleTag<>("cells") {};
  static final TupleTag<CellMetric> METRICS = new TupleTag<>("metrics") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final long serialVersionUID = 1;

  private final StageCounters counters = new StageCounters(SummariseCells.STAGE);

  @StateId("news")
  private final StateSpec<BagState<CellNews>> newsSpec = StateSpecs.bag(Coders.of(CellNews.class));

  @StateId("known")
  private final StateSpec<ValueState<CellKnowledge>> knownSpec =
      StateSpecs.value(Coders.of(CellKnowledge.class));

  @StateId("cells")
  private final StateSpec<ValueState<Map<String, CellRows>>> cellsSpec =
      StateSpecs.value(MapCoder.of(StringUtf8Coder.of(), Coders.of(CellRows.class)));

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("revise")
  private final TimerSpec reviseSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private final Stages stages;
  private transient CellSummaries summaries;

  ReviseFn(Stages stages) {
    this.stages = stages;
  }

  @Setup
  public void setup() {
    summaries = new CellSummaries(stages);
  }

  @ProcessElement
  public void process(
      @Element KV<String, CellNews> cell,
      @StateId("news") BagState<CellNews> news,
      @StateId("waiting") ValueState<Boolean> waiting,
      @TimerId("revise") Timer revise) {
    news.add(cell.getValue());
    if (!Objects.equals(waiting.read(), true)) {
      waiting.write(true);
      revise.offset(PATIENCE).setRelative();
    }
  }

  @OnTimer("revise")
  public void onRevise(
      @StateId("news") BagState<CellNews> news,
      @StateId("known") ValueState<CellKnowledge> known,
      @StateId("cells") ValueState<Map<String, CellRows>> cells,
      @StateId("waiting") ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    waiting.write(false);
    revise(news, known, cells, out);
  }

  /** A drained stream ends without waiting for its timers. */
  @OnWindowExpiration
  public void onWindowExpiration(
      @StateId("news") BagState<CellNews> news,
      @StateId("known") ValueState<CellKnowledge> known,
      @StateId("cells") ValueState<Map<String, CellRows>> cells,
      @StateId("waiting") ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    if (Objects.equals(waiting.read(), true)) {
      revise(news, known, cells, out);
    }
  }

  private void revise(
      BagState<CellNews> news,
      ValueState<CellKnowledge> known,
      ValueState<Map<String, CellRows>> cells,
      MultiOutputReceiver out) {
    CellMemory memory = new CellMemory(known.read(), stages);
    news.read().forEach(memory::hear);
    known.write(memory.knowledge());
    news.clear();
    if (!memory.hasEndedUnits()) {
      return;
    }
    Map<String, CellRows> last = cells.read();
    Map<String, CellRows> revised = last == null ? new HashMap<>() : new HashMap<>(last);
    memory
        .reviews()
        .forEach(
            (frame, review) -> {
              CellRows rows;
              try {
                rows = summarise(review, revised.get(frame));
              } catch (RuntimeException e) {
                fail(review, e, out);
                return;
              }
              if (!rows.equals(revised.put(frame, rows))) {
                out.get(CELLS).output(rows.getCell());
                rows.getMetrics().forEach(out.get(METRICS)::output);
                if (review.isComplete()) {
                  report(rows.getCell());
                }
              }
            });
    cells.write(revised);
  }

  private void fail(CellReview review, RuntimeException cause, MultiOutputReceiver out) {
    String cellId = Fingerprints.cellId(review.demand().getSpec());
    Watch.LOG.error("cell {}: {}", cellId, cause.getMessage());
    counters.unitFailed();
    out.get(FAILURES).output(Failures.ofCell(SummariseCells.STAGE, cellId, cause));
  }

  /** The last rows if nothing in them has changed. */
  private CellRows summarise(CellReview review, @Nullable CellRows last) {
    CellDemand demand = review.demand();
    CellRows rows =
        summaries.of(demand.getFrame(), demand.getSpec(), review.measurements(), review.models());
    Instant now = rows.getCell().getComputedAt();
    if (last == null) {
      return revision(rows, 1, now);
    }
    int before = last.getCell().getRevision();
    return revision(rows, before, last.getCell().getComputedAt()).equals(last)
        ? last
        : revision(rows, before + 1, now);
  }

  private static CellRows revision(CellRows rows, int revision, Instant computedAt) {
    return new CellRows(
        Cell.newBuilder(rows.getCell()).setRevision(revision).setComputedAt(computedAt).build(),
        rows.getMetrics().stream()
            .map(
                metric ->
                    CellMetric.newBuilder(metric)
                        .setRevision(revision)
                        .setComputedAt(computedAt)
                        .build())
            .toList());
  }

  private static void report(Cell cell) {
    Watch.LOG.info(
        "finished a cell of {}: {}={} {}={}{}: phase {}, {} models, {} diverged (revision {})",
        cell.getSweep(),
        cell.getLoadSetting(),
        cell.getLoadValue(),
        cell.getTemperatureSetting(),
        cell.getTemperatureValue(),
        cell.getSlice() == null ? "" : " " + cell.getSlice(),
        cell.getPhase() == null ? "unknown" : cell.getPhase(),
        cell.getNModels(),
        cell.getNDiverged(),
        cell.getRevision());
  }
}
