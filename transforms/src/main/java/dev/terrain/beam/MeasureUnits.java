package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.standard.Stages;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Makes the measurements that are named by units, such as those that a stream names as its cells
 * grow: a part of the graph for each stage, {@code Measure <stage>}. A unit of a stage that there
 * is not is an error.
 */
public final class MeasureUnits extends PTransform<PCollection<Unit>, FinishedUnits> {
  private static final long serialVersionUID = 1;
  private static final TupleTag<Unit> NONE = new TupleTag<>("none") {};

  private final StudyAddress study;
  private final Stages stages;

  private MeasureUnits(StudyAddress study, Stages stages) {
    this.study = checkArgumentNotNull(study, "study");
    this.stages = checkArgumentNotNull(stages, "stages");
  }

  /** Measures in a study. */
  public static MeasureUnits in(StudyAddress study) {
    return new MeasureUnits(study, Stages.standard());
  }

  /** Which stages there are, and who computes their units. Default: the standard ones. */
  public MeasureUnits withStages(Stages newStages) {
    return new MeasureUnits(study, newStages);
  }

  @Override
  public FinishedUnits expand(PCollection<Unit> units) {
    List<String> names = stages.measurements().stream().map(MeasurementStage::name).toList();
    TupleTagList tags = TupleTagList.empty();
    for (String name : names) {
      tags = tags.and(tag(name));
    }
    PCollectionTuple byStage =
        units.apply("Sort", ParDo.of(new SortFn(names)).withOutputTags(NONE, tags));
    byStage.get(NONE).setCoder(Coders.of(Unit.class));
    List<FinishedUnits> finished = new ArrayList<>();
    for (String name : names) {
      finished.add(
          byStage
              .get(tag(name))
              .setCoder(Coders.of(Unit.class))
              .apply("Measure " + name, Remembered.of(stages.computing(name), study)));
    }
    return FinishedUnits.join(units.getPipeline(), finished);
  }

  private static TupleTag<Unit> tag(String stage) {
    return new TupleTag<>(stage);
  }

  private static final class SortFn extends DoFn<Unit, Unit> {
    private static final long serialVersionUID = 1;

    private final List<String> stages;

    SortFn(List<String> stages) {
      this.stages = List.copyOf(stages);
    }

    @ProcessElement
    public void process(@Element Unit unit, MultiOutputReceiver out) {
      if (!stages.contains(unit.getStage())) {
        throw new IllegalArgumentException(
            "unit %s: its stage (%s) must be one of %s"
                .formatted(unit.getKey(), unit.getStage(), String.join(", ", stages)));
      }
      out.get(tag(unit.getStage())).output(unit);
    }
  }
}
