package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.Samples;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellKnowledge;
import dev.terrain.v1.CellNews;
import dev.terrain.v1.CellRows;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;

/** What a stream keeps of the news of a cell. */
final class CellMemoryTest {
  private static final int MODELS = 40;
  private static final Sweep SWEEP = Requests.sweep("ring", String.valueOf(MODELS));
  private static final List<ModelRef> CELL =
      IntStream.range(0, MODELS).mapToObj(i -> Requests.model(SWEEP, i)).toList();

  private static CellNews demand(String stage, int generation, List<String> units) {
    return CellNews.newBuilder()
        .setDemand(
            new CellDemand(
                SweepFrame.of(SWEEP),
                CELL.get(0).getSpec(),
                stage,
                generation,
                units.size(),
                units))
        .build();
  }

  private static CellNews failed(String key) {
    return CellNews.newBuilder().setFailed(key).build();
  }

  private static List<String> ids(int models) {
    return CELL.subList(0, models).stream().map(ModelRef::getModelId).toList();
  }

  private static CellMemory heard(CellNews... news) {
    CellMemory memory = new CellMemory(null, Stages.standard());
    List.of(news).forEach(memory::hear);
    return memory;
  }

  private static List<Integer> generations(CellMemory memory) {
    return memory.knowledge().getDemands().stream().map(CellDemand::getGeneration).toList();
  }

  /** Each model comes with a demand that names all of the cell's models by then. */
  @Test
  void theNewsOfACellAreReadOnce_andOneDemandIsKeptHoweverOftenItGrows() {
    Bag news = new Bag();
    Value<CellKnowledge> known = new Value<>();
    Value<Map<String, CellRows>> cells = new Value<>();
    Value<Boolean> waiting = new Value<>();
    ReviseFn revise = new ReviseFn(Stages.standard());
    revise.setup();
    for (int models = 1; models <= MODELS; models++) {
      news.add(demand("train", models, ids(models)));
      news.add(failed(ids(models).get(models - 1)));
      revise.onRevise(news, known, cells, waiting, new Outputs());
    }

    assertThat(news.reads).isEqualTo(2 * MODELS);
    assertThat(known.value.getDemands()).extracting(CellDemand::getModels).containsExactly(MODELS);
    assertThat(known.value.getFailed()).hasSize(MODELS);
  }

  @Test
  void demandsAreKeptUntilALaterOneIsDone() {
    CellMemory memory =
        heard(
            demand("similarity", 1, List.of("a")),
            demand("similarity", 2, List.of("b")),
            demand("similarity", 3, List.of("c")));

    assertThat(generations(memory)).containsExactlyInAnyOrder(1, 2, 3);
    memory.hear(failed("b"));
    assertThat(generations(memory)).containsExactlyInAnyOrder(2, 3);
    memory.hear(failed("c"));
    assertThat(generations(memory)).containsExactly(3);
  }

  @Test
  void aDemandThatComesLateAndIsReplacedAlreadyIsNotKept() {
    CellMemory memory =
        heard(
            demand("similarity", 2, List.of("b")),
            failed("b"),
            demand("similarity", 1, List.of("a")));

    assertThat(generations(memory)).containsExactly(2);
  }

  @Test
  void aResultIsKeptOnce_alsoBeforeItIsAskedForAndAfterItIsReplaced() {
    UnitResult first = Requests.result(Requests.training(SWEEP, 0), "train_loss", 1);
    CellNews news = CellNews.newBuilder().setResult(relabelled(first, "a")).build();
    CellMemory memory =
        heard(
            news,
            news,
            demand("similarity", 1, List.of("a")),
            demand("similarity", 2, List.of("b")),
            failed("b"));

    assertThat(memory.knowledge().getResults()).extracting(UnitResult::getKey).containsExactly("a");
  }

  /** Nobody measures weights that are not sound, so nothing is waited for. */
  @Test
  void aCellIsCompleteWithoutTheMeasurementsOfAModelWhoseWeightsAreBad() {
    CellMemory memory = heard(demand("train", 1, ids(1)));
    Unit training = Requests.training(SWEEP, 0);
    Model row = Samples.model(CELL.get(0).getSpec(), ModelStatus.TRAINED);
    memory.hear(
        CellNews.newBuilder()
            .setResult(
                UnitResult.newBuilder(Samples.result(training, 1)).setModels(List.of(row)).build())
            .build());
    assertThat(memory.reviews().values()).noneMatch(CellReview::isComplete);

    Failure bad = Failures.of(Units.checkpoint(CELL.get(0)), new IllegalStateException("bad"), 1);
    memory.hear(ReviseCells.ofFailure(bad).getValue());

    assertThat(memory.reviews().values()).hasSize(1).allMatch(CellReview::isComplete);
  }

  @Test
  void whatIsKeptGivesTheSameMemory() {
    CellMemory memory =
        heard(
            demand("train", 1, ids(2)),
            demand("similarity", 1, List.of("a")),
            failed(ids(1).get(0)));

    assertThat(new CellMemory(memory.knowledge(), Stages.standard()).knowledge())
        .isEqualTo(memory.knowledge());
  }

  private static UnitResult relabelled(UnitResult result, String key) {
    return UnitResult.newBuilder(result).setStage("similarity").setKey(key).build();
  }

  /** Counts how many elements are read. */
  private static final class Bag implements BagState<CellNews> {
    private final List<CellNews> elements = new ArrayList<>();
    private int reads;

    @Override
    public void add(CellNews element) {
      elements.add(element);
    }

    @Override
    public ReadableState<Boolean> isEmpty() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<CellNews> read() {
      reads += elements.size();
      return List.copyOf(elements);
    }

    @Override
    public BagState<CellNews> readLater() {
      return this;
    }

    @Override
    public void clear() {
      elements.clear();
    }
  }

  private static final class Value<T> implements ValueState<T> {
    private T value;

    @Override
    public void write(T newValue) {
      value = newValue;
    }

    @Override
    public T read() {
      return value;
    }

    @Override
    public ValueState<T> readLater() {
      return this;
    }

    @Override
    public void clear() {
      value = null;
    }
  }

  private static final class Outputs implements MultiOutputReceiver {
    @Override
    public <T> OutputReceiver<T> get(TupleTag<T> tag) {
      return new OutputReceiver<>() {
        @Override
        public void output(T element) {}

        @Override
        public OutputBuilder<T> builder(T element) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public <T> OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException();
    }
  }
}
