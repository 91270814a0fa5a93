package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.stage.Stage;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Verifies the stored weights of trained models, once each, and hands the models on whose weights
 * are sound; any other is a failure, and is not measured. Where the study's address names a place
 * for copies, the sound files are copied there. The ledger remembers what was verified; no rows are
 * added to the tables.
 *
 * <p>A model whose verification the run does not select is handed on as it is: what the ledger has
 * of it stays in the tables.
 */
public final class CheckpointModels extends PTransform<PCollection<ModelRef>, VerifiedModels> {
  private static final long serialVersionUID = 1;

  private static final TupleTag<Unit> UNITS = new TupleTag<>("units") {};
  private static final TupleTag<ModelRef> UNSELECTED = new TupleTag<>("unselected") {};

  private final StudyAddress study;
  private final Stage stage;

  private CheckpointModels(StudyAddress study, Stage stage) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
  }

  /** Verifies the models of a study. */
  public static CheckpointModels in(StudyAddress study) {
    return new CheckpointModels(study, new CheckpointStage());
  }

  /** Who verifies the weights. Default: {@link CheckpointStage}. */
  public CheckpointModels withStage(Stage newStage) {
    return new CheckpointModels(study, newStage);
  }

  @Override
  public VerifiedModels expand(PCollection<ModelRef> models) {
    UnitSelection selection = study.control().selection();
    PCollectionTuple named =
        models.apply(
            "Name units",
            ParDo.of(new NameFn(selection)).withOutputTags(UNITS, TupleTagList.of(UNSELECTED)));
    FinishedUnits verified =
        named
            .get(UNITS)
            .setCoder(Coders.of(Unit.class))
            .apply("Verify", Remembered.of(stage, study));
    PCollection<ModelRef> sound =
        verified
            .results()
            .apply("Keep sound", ParDo.of(new SoundFn(selection)))
            .setCoder(Coders.of(ModelRef.class));
    List<PCollection<Failure>> failures = new ArrayList<>();
    failures.add(verified.failures());
    if (study.modelCopies() != null) {
      VerifiedModels published =
          sound.apply("Publish copies", new PublishModels(study, study.modelCopies()));
      sound = published.models();
      failures.add(published.failures());
    }
    PCollection<ModelRef> unselected = named.get(UNSELECTED).setCoder(Coders.of(ModelRef.class));
    return new VerifiedModels(
        PCollectionList.of(sound).and(unselected).apply("Join models", Flatten.pCollections()),
        PCollectionList.of(failures).apply("Join failures", Flatten.pCollections()));
  }

  /** All units are looked up, so that the run's counters tell of each. */
  private static final class NameFn extends DoFn<ModelRef, Unit> {
    private static final long serialVersionUID = 1;

    private final UnitSelection selection;

    NameFn(UnitSelection selection) {
      this.selection = selection;
    }

    @ProcessElement
    public void process(@Element ModelRef model, MultiOutputReceiver out) {
      Unit unit = Units.checkpoint(model);
      out.get(UNITS).output(unit);
      if (!selection.admits(unit)) {
        out.get(UNSELECTED).output(model);
      }
    }
  }

  /** Leaves out what has been handed on already. */
  private static final class SoundFn extends DoFn<KV<Unit, UnitResult>, ModelRef> {
    private static final long serialVersionUID = 1;

    private final UnitSelection selection;

    SoundFn(UnitSelection selection) {
      this.selection = selection;
    }

    @ProcessElement
    public void process(@Element KV<Unit, UnitResult> verified, OutputReceiver<ModelRef> out) {
      if (selection.admits(verified.getKey())) {
        out.output(verified.getKey().getModels().get(0));
      }
    }
  }
}
