package dev.terrain.beam.watch;

import dev.terrain.beam.CellIdentities;
import dev.terrain.beam.units.Coders;
import dev.terrain.stage.Stages;
import dev.terrain.taxonomy.CellSummary;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.UnitResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
import org.joda.time.Duration;

/** Keeps the news of a cell, and some time after each summarises what has changed. */
final class ReviseFn extends DoFn<KV<String, CellNews>, Cell> {
  /** News that come together are summarised together. */
  static final Duration PATIENCE = Duration.standardSeconds(2);

  private static final long serialVersionUID = 1;

  @StateId("news")
  private final StateSpec<BagState<CellNews>> newsSpec = StateSpecs.bag(Coders.of(CellNews.class));

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
      @StateId("cells") ValueState<Map<String, Cell>> cells,
      @StateId("waiting") ValueState<Boolean> waiting,
      OutputReceiver<Cell> out) {
    waiting.write(false);
    revise(news, cells, out);
  }

  /** A drained stream ends without waiting for its timers. */
  @OnWindowExpiration
  public void onWindowExpiration(
      @StateId("news") BagState<CellNews> news,
      @StateId("cells") ValueState<Map<String, Cell>> cells,
      @StateId("waiting") ValueState<Boolean> waiting,
      OutputReceiver<Cell> out) {
    if (Objects.equals(waiting.read(), true)) {
      revise(news, cells, out);
    }
  }

  private void revise(
      BagState<CellNews> news, ValueState<Map<String, Cell>> cells, OutputReceiver<Cell> out) {
    Map<String, List<CellDemand>> demands = new LinkedHashMap<>();
    Map<String, UnitResult> results = new HashMap<>();
    Set<String> failed = new HashSet<>();
    for (CellNews item : news.read()) {
      if (item.getDemand() != null) {
        demands
            .computeIfAbsent(SweepFrame.id(item.getDemand().getFrame()), frame -> new ArrayList<>())
            .add(item.getDemand());
      } else if (item.getResult() != null) {
        results.put(CellReview.key(item.getResult()), item.getResult());
      } else {
        failed.add(item.getFailed());
      }
    }
    if (results.isEmpty() && failed.isEmpty()) {
      return;
    }
    Map<String, Cell> last = cells.read();
    Map<String, Cell> revised = last == null ? new HashMap<>() : new HashMap<>(last);
    demands.forEach(
        (frame, ofFrame) -> {
          CellReview review = new CellReview(ofFrame, results, failed, stages);
          Cell cell = summarise(ofFrame.get(0), review, revised.get(frame));
          if (!cell.equals(revised.put(frame, cell))) {
            out.output(cell);
            if (review.isComplete()) {
              report(cell);
            }
          }
        });
    cells.write(revised);
  }

  /** The last summary if nothing in it has changed. */
  private static Cell summarise(CellDemand demand, CellReview review, Cell last) {
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
