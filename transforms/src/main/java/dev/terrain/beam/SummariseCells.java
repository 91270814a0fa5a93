package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.stage.standard.Stages;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.CellRows;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summarises each cell of a sweep over its seeds and places it in its phase. Every cell of the
 * sweep appears once in the cells, also one whose models all failed, or in the failures.
 *
 * <p>Input: a tuple of {@link #SPECS}, {@link #MODELS} and {@link #MEASUREMENTS}.
 */
public final class SummariseCells extends PTransform<PCollectionTuple, SummarisedCells> {
  /** Name of the stage in failures and counters. */
  public static final String STAGE = "summarise";

  /** The specs of all models of the sweep, finished or not. */
  public static final TupleTag<ModelSpec> SPECS = new TupleTag<>("specs") {};

  /** Rows of the table of models. */
  public static final TupleTag<Model> MODELS = new TupleTag<>("models") {};

  /** Rows of the table of measurements. */
  public static final TupleTag<Measurement> MEASUREMENTS = new TupleTag<>("measurements") {};

  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SummariseCells.class);

  private static final TupleTag<Cell> CELLS = new TupleTag<>("cells") {};
  private static final TupleTag<CellMetric> METRICS = new TupleTag<>("metrics") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final Sweep sweep;
  private final Stages stages;

  private SummariseCells(Sweep sweep, Stages stages) {
    this.sweep = checkArgumentNotNull(sweep, "sweep");
    this.stages = checkArgumentNotNull(stages, "stages");
  }

  /** Summarises the cells of a sweep by its axes and thresholds. */
  public static SummariseCells of(Sweep sweep) {
    return new SummariseCells(sweep, Stages.standard());
  }

  /** Which stages there are. Default: the standard ones. */
  public SummariseCells withStages(Stages newStages) {
    return new SummariseCells(sweep, newStages);
  }

  @Override
  public SummarisedCells expand(PCollectionTuple input) {
    PCollectionTuple summarised =
        KeyedPCollectionTuple.of(
                SPECS, keyed("specs", input.get(SPECS), ModelSpec.class, Fingerprints::cellId))
            .and(MODELS, keyed("models", input.get(MODELS), Model.class, Model::getCellId))
            .and(
                MEASUREMENTS,
                keyed(
                    "measurements",
                    input.get(MEASUREMENTS),
                    Measurement.class,
                    Measurement::getCellId))
            .apply("Gather cells", CoGroupByKey.create())
            .apply(
                "Summarise",
                ParDo.of(new SummariseFn(sweep, stages))
                    .withOutputTags(CELLS, TupleTagList.of(METRICS).and(FAILURES)));
    return new SummarisedCells(
        summarised.get(CELLS).setCoder(Coders.of(Cell.class)),
        summarised.get(METRICS).setCoder(Coders.of(CellMetric.class)),
        summarised.get(FAILURES).setCoder(Coders.of(Failure.class)));
  }

  private static <T extends SpecificRecord> PCollection<KV<String, T>> keyed(
      String what, PCollection<T> rows, Class<T> type, SerializableFunction<T, String> cellId) {
    return rows.apply("Key " + what, WithKeys.of(cellId).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Coders.of(type)));
  }

  private static final class SummariseFn extends DoFn<KV<String, CoGbkResult>, Cell> {
    private static final long serialVersionUID = 1;

    private final Sweep sweep;
    private final Stages stages;
    private final StageCounters counters = new StageCounters(STAGE);
    private transient CellSummaries summaries;

    SummariseFn(Sweep sweep, Stages stages) {
      this.sweep = sweep;
      this.stages = stages;
    }

    @Setup
    public void setup() {
      summaries = new CellSummaries(stages);
    }

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> cell, MultiOutputReceiver out) {
      ModelSpec spec = cell.getValue().getAll(SPECS).iterator().next();
      List<Measurement> measurements = list(cell.getValue().getAll(MEASUREMENTS));
      List<Model> models = list(cell.getValue().getAll(MODELS));
      CellRows rows;
      try {
        rows = summaries.of(sweep, spec, measurements, models);
      } catch (RuntimeException e) {
        LOG.error("cell {}: {}", cell.getKey(), e.getMessage());
        counters.unitFailed();
        out.get(FAILURES).output(Failures.ofCell(STAGE, cell.getKey(), e));
        return;
      }
      out.get(CELLS).output(rows.getCell());
      rows.getMetrics().forEach(out.get(METRICS)::output);
    }

    private static <T> List<T> list(Iterable<T> values) {
      List<T> list = new ArrayList<>();
      values.forEach(list::add);
      return list;
    }
  }
}
