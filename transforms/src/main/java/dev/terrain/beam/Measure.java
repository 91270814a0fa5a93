package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.standard.Stages;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Measures the trained models of a bounded collection as a sweep asks for: a part of the graph for
 * each stage, {@code Measure <stage>}, whose units are remembered in the study's ledger.
 *
 * <p>A stage that needs one model at a time gets each as it comes; the others wait for the models
 * of all cells, which are gathered once.
 */
public final class Measure extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final Sweep sweep;
  private final StudyAddress study;
  private final Stages stages;

  private Measure(Sweep sweep, StudyAddress study, Stages stages) {
    this.sweep = checkArgumentNotNull(sweep, "sweep");
    this.study = checkArgumentNotNull(study, "study");
    this.stages = checkArgumentNotNull(stages, "stages");
  }

  /** Makes the measurements of a sweep in a study. */
  public static Measure of(Sweep sweep, StudyAddress study) {
    return new Measure(sweep, study, Stages.standard());
  }

  /** Which stages there are, and who computes their units. Default: the standard ones. */
  public Measure withStages(Stages newStages) {
    return new Measure(sweep, study, newStages);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    List<FinishedUnits> finished = new ArrayList<>();
    PCollection<KV<String, Iterable<ModelRef>>> cells = null;
    for (ConfiguredStage<?> measurement : CellPlan.of(sweep, stages).measurements()) {
      String name = measurement.stage().name();
      PCollection<Unit> units;
      if (measurement.stage().comparesModels()) {
        cells = cells == null ? models.apply("Gather cells", new GatherCells()) : cells;
        units = cells.apply("Name units of " + name, ParDo.of(new NameCellFn(sweep, stages, name)));
      } else {
        units =
            models.apply("Name units of " + name, ParDo.of(new NameModelFn(sweep, stages, name)));
      }
      finished.add(
          units
              .setCoder(Coders.of(Unit.class))
              .apply("Measure " + name, Remembered.of(stages.computing(name), study)));
    }
    return FinishedUnits.join(models.getPipeline(), finished);
  }

  private static final class GatherCells
      extends PTransform<PCollection<ModelRef>, PCollection<KV<String, Iterable<ModelRef>>>> {
    private static final long serialVersionUID = 1;

    @Override
    public PCollection<KV<String, Iterable<ModelRef>>> expand(PCollection<ModelRef> models) {
      return models
          .apply(
              "Key by cell",
              WithKeys.of(ModelRef::getCellId).withKeyType(TypeDescriptors.strings()))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), Coders.of(ModelRef.class)))
          .apply("Group", GroupByKey.create());
    }
  }

  /** Names the units of one stage; the settings are read once an instance. */
  private abstract static class NameFn<T> extends DoFn<T, Unit> {
    private static final long serialVersionUID = 1;

    private final Sweep sweep;
    private final Stages stages;
    private final String stage;
    private transient ConfiguredStage<?> measurement;

    NameFn(Sweep sweep, Stages stages, String stage) {
      this.sweep = sweep;
      this.stages = stages;
      this.stage = stage;
    }

    @Setup
    public void setup() {
      measurement = ConfiguredStage.of(stages.measurement(stage).orElseThrow(), sweep);
    }

    void name(List<ModelRef> models, OutputReceiver<Unit> out) {
      measurement.units(models, true).forEach(out::output);
    }
  }

  private static final class NameModelFn extends NameFn<ModelRef> {
    private static final long serialVersionUID = 1;

    NameModelFn(Sweep sweep, Stages stages, String stage) {
      super(sweep, stages, stage);
    }

    @ProcessElement
    public void process(@Element ModelRef model, OutputReceiver<Unit> out) {
      name(List.of(model), out);
    }
  }

  private static final class NameCellFn extends NameFn<KV<String, Iterable<ModelRef>>> {
    private static final long serialVersionUID = 1;

    NameCellFn(Sweep sweep, Stages stages, String stage) {
      super(sweep, stages, stage);
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<ModelRef>> cell, OutputReceiver<Unit> out) {
      List<ModelRef> models = new ArrayList<>();
      cell.getValue().forEach(models::add);
      name(models, out);
    }
  }
}
