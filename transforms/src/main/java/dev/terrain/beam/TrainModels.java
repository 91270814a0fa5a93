package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.Stage;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the model of each spec and stores its weights; each spec appears once in the results or in
 * the failures.
 */
public final class TrainModels extends PTransform<PCollection<ModelSpec>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(TrainModels.class);

  private static final TupleTag<Unit> NAMED = new TupleTag<>("named") {};
  private static final TupleTag<Failure> UNNAMED = new TupleTag<>("unnamed") {};

  private final StudyAddress study;
  private final Stage stage;

  private TrainModels(StudyAddress study, Stage stage) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
  }

  /** Trains into a study. */
  public static TrainModels into(StudyAddress study) {
    return new TrainModels(study, new TrainStage());
  }

  /** Who computes the units. Default: {@link TrainStage}. */
  public TrainModels withStage(Stage newStage) {
    return new TrainModels(study, newStage);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelSpec> specs) {
    PCollectionTuple units =
        specs.apply(
            "Name units",
            ParDo.of(new NameFn(study.dataLocation()))
                .withOutputTags(NAMED, TupleTagList.of(UNNAMED)));
    FinishedUnits trained =
        units
            .get(NAMED)
            .setCoder(Coders.of(Unit.class))
            .apply("Train", Remembered.of(stage, study));
    PCollection<Failure> unnamed = units.get(UNNAMED).setCoder(Coders.of(Failure.class));
    return new FinishedUnits(
        trained.results(),
        PCollectionList.of(unnamed)
            .and(trained.failures())
            .apply("Join failures", Flatten.pCollections()));
  }

  /** The models that trained and can be measured; diverged ones are left out. */
  public static PTransform<PCollection<KV<Unit, UnitResult>>, PCollection<ModelRef>> trained() {
    return new Trained();
  }

  /** A training is named by the content of its data, which may be missing. */
  private static final class NameFn extends DoFn<ModelSpec, Unit> {
    private static final long serialVersionUID = 1;

    private final @Nullable String dataLocation;
    private final StageCounters counters = new StageCounters(TrainStage.NAME);

    NameFn(@Nullable String dataLocation) {
      this.dataLocation = dataLocation;
    }

    @ProcessElement
    public void process(@Element ModelSpec spec, MultiOutputReceiver out) {
      try {
        out.get(NAMED).output(Units.train(spec, CellData.sha256(spec, dataLocation)));
      } catch (IOException | IllegalArgumentException e) {
        LOG.error("{}", e.getMessage());
        counters.unitFailed();
        out.get(UNNAMED).output(Failures.of(TrainStage.NAME, spec, e));
      }
    }
  }

  private static final class Trained
      extends PTransform<PCollection<KV<Unit, UnitResult>>, PCollection<ModelRef>> {
    private static final long serialVersionUID = 1;

    @Override
    public PCollection<ModelRef> expand(PCollection<KV<Unit, UnitResult>> results) {
      return results
          .apply("Keep trained", ParDo.of(new TrainedFn()))
          .setCoder(Coders.of(ModelRef.class));
    }
  }

  private static final class TrainedFn extends DoFn<KV<Unit, UnitResult>, ModelRef> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element KV<Unit, UnitResult> finished, OutputReceiver<ModelRef> out) {
      if (finished.getValue().getModels().get(0).getStatus() == ModelStatus.TRAINED) {
        out.output(finished.getKey().getModels().get(0));
      }
    }
  }
}
