package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.terrain.beam.units.Coders;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.standard.Stages;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class ReviseCellsTest {
  private static final Sweep SWEEP = Requests.sweep("ring", "3");
  private static final List<ModelRef> TWO =
      List.of(Requests.model(SWEEP, 0), Requests.model(SWEEP, 1));
  private static final List<ModelRef> THREE =
      List.of(Requests.model(SWEEP, 0), Requests.model(SWEEP, 1), Requests.model(SWEEP, 2));
  private static final Unit SIMILARITY_OF_TWO =
      MeasuredUnits.similarity(
          TWO, new dev.terrain.stage.comparison.SimilarityStage().settings(SWEEP));
  private static final Unit SIMILARITY_OF_THREE =
      MeasuredUnits.similarity(
          THREE, new dev.terrain.stage.comparison.SimilarityStage().settings(SWEEP));

  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private static TestStream.Builder<KV<String, CellNews>> stream() {
    return TestStream.create(KvCoder.of(StringUtf8Coder.of(), Coders.of(CellNews.class)));
  }

  private static KV<String, CellNews> keyed(CellNews news) {
    return KV.of(TWO.get(0).getCellId(), news);
  }

  private static KV<String, CellNews> demand(String stage, int generation, List<String> units) {
    return keyed(
        CellNews.newBuilder()
            .setDemand(
                new CellDemand(
                    SweepFrame.of(SWEEP),
                    TWO.get(0).getSpec(),
                    stage,
                    generation,
                    units.size(),
                    units))
            .build());
  }

  private static KV<String, CellNews> similarity(int generation, Unit unit) {
    return demand("similarity", generation, List.of(unit.getKey()));
  }

  private static KV<String, CellNews> result(Unit unit, double value) {
    return keyed(CellNews.newBuilder().setResult(Requests.result(unit, "cka", value)).build());
  }

  private static KV<String, CellNews> failed(Unit unit) {
    return keyed(CellNews.newBuilder().setFailed(unit.getKey()).build());
  }

  private static Duration patience() {
    return ReviseFn.PATIENCE.plus(Duration.standardSeconds(1));
  }

  private PCollectionTuple revise(TestStream<KV<String, CellNews>> news) {
    PCollectionTuple revised =
        pipeline
            .apply(news)
            .apply(
                ParDo.of(new ReviseFn(Stages.standard()))
                    .withOutputTags(
                        ReviseFn.CELLS, TupleTagList.of(ReviseFn.METRICS).and(ReviseFn.FAILURES)));
    revised.get(ReviseFn.CELLS).setCoder(Coders.of(Cell.class));
    revised.get(ReviseFn.METRICS).setCoder(Coders.of(CellMetric.class));
    revised.get(ReviseFn.FAILURES).setCoder(Coders.of(Failure.class));
    return revised;
  }

  private void assertRevisions(
      TestStream<KV<String, CellNews>> news, SerializableFunction<List<Cell>, Void> check) {
    PAssert.that(revise(news).get(ReviseFn.CELLS))
        .satisfies(
            cells -> {
              List<Cell> inOrder = new ArrayList<>();
              cells.forEach(inOrder::add);
              inOrder.sort(Comparator.comparingInt(Cell::getRevision));
              return check.apply(inOrder);
            });
    pipeline.run();
  }

  @Test
  void revisionsCountUpWithEachChange_andNewsThatChangeNothingGiveNone() {
    assertRevisions(
        stream()
            .addElements(similarity(1, SIMILARITY_OF_TWO))
            .advanceProcessingTime(patience())
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .advanceProcessingTime(patience())
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .advanceProcessingTime(patience())
            .addElements(similarity(2, SIMILARITY_OF_THREE))
            .advanceProcessingTime(patience())
            .addElements(result(SIMILARITY_OF_THREE, 0.75))
            .advanceProcessingTime(patience())
            .advanceWatermarkToInfinity(),
        cells -> {
          assertThat(cells).extracting(Cell::getRevision).containsExactly(1, 2);
          assertThat(cells).extracting(Cell::getCkaMean).containsExactly(0.5, 0.75);
          return null;
        });
  }

  @Test
  void aChangeOfAMetricThatIsNoColumnOfCells_isARevision_andAllMetricsCarryIt() {
    UnitResult first = withMetric(Requests.result(SIMILARITY_OF_TWO, "cka", 0.5), "further", 1);
    UnitResult second = withMetric(Requests.result(SIMILARITY_OF_TWO, "cka", 0.5), "further", 2);
    PCollectionTuple revised =
        revise(
            stream()
                .addElements(similarity(1, SIMILARITY_OF_TWO))
                .addElements(keyed(CellNews.newBuilder().setResult(first).build()))
                .advanceProcessingTime(patience())
                .addElements(keyed(CellNews.newBuilder().setResult(second).build()))
                .advanceProcessingTime(patience())
                .addElements(keyed(CellNews.newBuilder().setResult(second).build()))
                .advanceProcessingTime(patience())
                .advanceWatermarkToInfinity());
    PAssert.that(revised.get(ReviseFn.CELLS))
        .satisfies(
            cells -> {
              assertThat(cells).extracting(Cell::getRevision).containsExactlyInAnyOrder(1, 2);
              return null;
            });
    PAssert.that(revised.get(ReviseFn.METRICS))
        .satisfies(
            metrics -> {
              assertThat(metrics)
                  .extracting(CellMetric::getMetric, CellMetric::getMean, CellMetric::getRevision)
                  .containsExactlyInAnyOrder(
                      tuple("cka", 0.5, 1),
                      tuple("further", 1.0, 1),
                      tuple("cka", 0.5, 2),
                      tuple("further", 2.0, 2));
              return null;
            });
    pipeline.run();
  }

  private static UnitResult withMetric(UnitResult result, String metric, double value) {
    Measurement row = result.getMeasurements().get(0);
    return UnitResult.newBuilder(result)
        .setMeasurements(
            List.of(row, Measurement.newBuilder(row).setMetric(metric).setValue(value).build()))
        .build();
  }

  @Test
  void newsThatComeTogetherAreSummarisedTogether() {
    assertRevisions(
        stream()
            .addElements(similarity(1, SIMILARITY_OF_TWO))
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .addElements(similarity(2, SIMILARITY_OF_THREE))
            .addElements(result(SIMILARITY_OF_THREE, 0.75))
            .advanceProcessingTime(patience())
            .advanceWatermarkToInfinity(),
        cells -> {
          assertThat(cells).extracting(Cell::getCkaMean).containsExactly(0.75);
          return null;
        });
  }

  @Test
  void aDrainLosesNothing() {
    assertRevisions(
        stream()
            .addElements(similarity(1, SIMILARITY_OF_TWO))
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .advanceWatermarkToInfinity(),
        cells -> {
          assertThat(cells).extracting(Cell::getRevision).containsExactly(1);
          return null;
        });
  }

  @Test
  void whatHasFailedStandsInForNothingLonger() {
    assertRevisions(
        stream()
            .addElements(similarity(1, SIMILARITY_OF_TWO))
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .advanceProcessingTime(patience())
            .addElements(similarity(2, SIMILARITY_OF_THREE))
            .addElements(failed(SIMILARITY_OF_THREE))
            .advanceProcessingTime(patience())
            .advanceWatermarkToInfinity(),
        cells -> {
          assertThat(cells).extracting(Cell::getCkaMean).containsExactly(0.5, null);
          return null;
        });
  }

  @Test
  void resultsThatNoDemandNamesHaveNoPart() {
    assertRevisions(
        stream()
            .addElements(result(SIMILARITY_OF_THREE, 0.9))
            .addElements(similarity(1, SIMILARITY_OF_TWO))
            .addElements(result(SIMILARITY_OF_TWO, 0.5))
            .advanceProcessingTime(patience())
            .advanceWatermarkToInfinity(),
        cells -> {
          assertThat(cells).extracting(Cell::getCkaMean).containsExactly(0.5);
          return null;
        });
  }

  @Test
  void aCellWhoseSummaryThrowsBecomesAFailure_theOthersGoOn_andItsNextNewsTryAgain() {
    Sweep wide = Requests.sweep("ring", "1", 4);
    ModelRef other = Requests.model(wide, 0);
    UnitResult sound = Requests.result(SIMILARITY_OF_TWO, "mode_connectivity", 1);
    Measurement row = sound.getMeasurements().get(0);
    UnitResult unsound =
        UnitResult.newBuilder(sound)
            .setMeasurements(
                List.of(row, Measurement.newBuilder(row).setVariant("default").build()))
            .build();
    PCollectionTuple revised =
        revise(
            stream()
                .addElements(
                    similarity(1, SIMILARITY_OF_TWO),
                    keyed(CellNews.newBuilder().setResult(unsound).build()),
                    KV.of(
                        other.getCellId(),
                        CellNews.newBuilder()
                            .setDemand(
                                new CellDemand(
                                    SweepFrame.of(wide),
                                    other.getSpec(),
                                    "train",
                                    1,
                                    1,
                                    List.of(other.getModelId())))
                            .build()),
                    KV.of(
                        other.getCellId(),
                        CellNews.newBuilder().setFailed(other.getModelId()).build()))
                .advanceProcessingTime(patience())
                .addElements(keyed(CellNews.newBuilder().setResult(sound).build()))
                .advanceProcessingTime(patience())
                .advanceWatermarkToInfinity());
    String failed = TWO.get(0).getCellId();
    PAssert.that(revised.get(ReviseFn.FAILURES))
        .satisfies(
            failures -> {
              assertThat(failures)
                  .singleElement()
                  .satisfies(
                      failure -> {
                        assertThat(failure.getStage()).isEqualTo("summarise");
                        assertThat(failure.getCellId()).isEqualTo(failed);
                        assertThat(failure.getMessage()).contains("mode_connectivity");
                      });
              return null;
            });
    PAssert.that(revised.get(ReviseFn.CELLS))
        .satisfies(
            cells -> {
              assertThat(cells)
                  .extracting(Cell::getLoadValue, Cell::getRevision)
                  .containsExactlyInAnyOrder(tuple(2.0, 1), tuple(4.0, 1));
              return null;
            });
    pipeline.run();
  }
}
