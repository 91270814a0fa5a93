package dev.terrain.transforms;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.stage.CellData;
import dev.terrain.stage.TrainStage;
import dev.terrain.stage.Units;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Trains the model of each spec and stores its weights; each spec appears once in the results or in
 * the failures.
 */
public final class TrainModels extends PTransform<PCollection<ModelSpec>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;

  private TrainModels(StudyAddress study) {
    this.study = checkArgumentNotNull(study, "study");
  }

  /** Trains into a study. */
  public static TrainModels into(StudyAddress study) {
    return new TrainModels(study);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelSpec> specs) {
    return specs
        .apply("Name units", ParDo.of(new NameFn(study.dataLocation())))
        .setCoder(Coders.of(Unit.class))
        .apply("Train", Remembered.of(new TrainStage(), study));
  }

  /** The models that trained and can be measured; diverged ones are left out. */
  public static PTransform<PCollection<KV<Unit, UnitResult>>, PCollection<ModelRef>> trained() {
    return new Trained();
  }

  private static final class NameFn extends DoFn<ModelSpec, Unit> {
    private static final long serialVersionUID = 1;

    private final String dataLocation;

    NameFn(String dataLocation) {
      this.dataLocation = dataLocation;
    }

    @ProcessElement
    public void process(@Element ModelSpec spec, OutputReceiver<Unit> out) throws IOException {
      out.output(Units.train(spec, CellData.sha256(spec, dataLocation)));
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
