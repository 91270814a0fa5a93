package dev.terrain.beam.watch;

import dev.terrain.beam.CellIdentities;
import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.stage.Stages;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.taxonomy.CellSummary;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellKnowledge;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/**
 * Keeps the news of a cell, and some time after each summarises what has changed. News are read
 * once: then they are part of what is known of the cell.
 */
final class ReviseFn extends DoFn<KV<String, CellNews>, Cell> {
  /** News that come together are summarised together. */
  static final Duration PATIENCE = Duration.standardSeconds(2);

  static final TupleTag<Cell> CELLS = new TupleTag<>("cells") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final long serialVersionUID = 1;

  private final StageCounters counters = new StageCounters(SummariseCells.STAGE);

  @StateId("news")
  private final StateSpec<BagState<CellNews>> newsSpec = StateSpecs.bag(Coders.of(CellNews.class));

  @StateId("known")
  private final StateSpec<ValueState<CellKnowledge>> knownSpec =
      StateSpecs.value(Coders.of(CellKnowledge.class));

  @StateId("cells")
  private final StateSpec<ValueState<Map<String, Cell>>> cellsSpec =
      StateSpecs.value(MapCoder.of(StringUtf8Coder.of(), Coders.of(Cell.class)));

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("revise")
  private final TimerSpec reviseSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private final Stages stages;

  ReviseFn(Stages stages) {
    this.stages = stages;
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
      @StateId("cells") ValueState<Map<String, Cell>> cells,
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
      @StateId("cells") ValueState<Map<String, Cell>> cells,
      @StateId("waiting") ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    if (Objects.equals(waiting.read(), true)) {
      revise(news, known, cells, out);
    }
  }

  private void revise(
      BagState<CellNews> news,
      ValueState<CellKnowledge> known,
      ValueState<Map<String, Cell>> cells,
      MultiOutputReceiver out) {
    CellMemory memory = new CellMemory(known.read(), stages);
    news.read().forEach(memory::hear);
    known.write(memory.knowledge());
    news.clear();
    if (!memory.hasEndedUnits()) {
      return;
    }
    Map<String, Cell> last = cells.read();
    Map<String, Cell> revised = last == null ? new HashMap<>() : new HashMap<>(last);
    memory
        .reviews()
        .forEach(
            (frame, review) -> {
              Cell cell;
              try {
                cell = summarise(review, revised.get(frame));
              } catch (RuntimeException e) {
                fail(review, e, out);
                return;
              }
              if (!cell.equals(revised.put(frame, cell))) {
                out.get(CELLS).output(cell);
                if (review.isComplete()) {
                  report(cell);
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

  /** The last summary if nothing in it has changed. */
  private static Cell summarise(CellReview review, Cell last) {
    CellDemand demand = review.demand();
    Cell cell =
        new CellSummary(demand.getFrame().getTaxonomy())
            .summarise(
                CellIdentities.of(demand.getFrame(), demand.getSpec()),
                review.measurements(),
                review.models(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    if (last == null) {
      return Cell.newBuilder(cell).setRevision(1).build();
    }
    Cell asBefore =
        Cell.newBuilder(cell)
            .setRevision(last.getRevision())
            .setComputedAt(last.getComputedAt())
            .build();
    return asBefore.equals(last)
        ? last
        : Cell.newBuilder(cell).setRevision(last.getRevision() + 1).build();
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
