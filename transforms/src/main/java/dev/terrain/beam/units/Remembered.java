package dev.terrain.beam.units;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes each unit of work at most once: a unit that the study's ledger holds is emitted as it
 * was recorded; any other is computed, recorded and then emitted.
 *
 * <p>A result is in the ledger before it is emitted, so a retry, a second run, a crashed run and a
 * grown sweep are all served by the ledger. Of two workers that race for one unit, one records and
 * both emit what is recorded. A unit whose computation throws goes to {@link
 * FinishedUnits#failures()}, and the others go on. What {@link RunControl} does not select is left
 * out, and a unit that has failed too often is a failure again without being tried.
 *
 * <p>Units to be computed are spread over the engine's threads anew, whatever made them, and
 * computed by the process's {@link Workers}. Of a bounded collection the engine's threads wait for
 * them; of an unbounded one they ask now and then, so that a unit of hours holds up neither a
 * checkpoint nor the units beside it.
 */
public final class Remembered extends PTransform<PCollection<Unit>, FinishedUnits> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);

  static final TupleTag<KV<Unit, UnitResult>> COMPUTED = new TupleTag<>("computed") {};
  static final TupleTag<Failure> FAILED = new TupleTag<>("failed") {};

  private static final TupleTag<KV<Unit, UnitResult>> FOUND = new TupleTag<>("found") {};
  private static final TupleTag<Unit> MISSING = new TupleTag<>("missing") {};

  private final Stage stage;
  private final StudyAddress study;

  private Remembered(Stage stage, StudyAddress study) {
    this.stage = checkArgumentNotNull(stage, "stage");
    this.study = checkArgumentNotNull(study, "study");
  }

  /** Remembers the units of one stage in a study's ledger. */
  public static Remembered of(Stage stage, StudyAddress study) {
    return new Remembered(stage, study);
  }

  @Override
  public FinishedUnits expand(PCollection<Unit> units) {
    PCollectionTuple looked =
        units.apply(
            "Look up",
            ParDo.of(new LookUpFn(stage.name(), study))
                .withOutputTags(FOUND, TupleTagList.of(MISSING).and(FAILED)));
    PCollection<KV<Unit, UnitResult>> found = looked.get(FOUND).setCoder(Coders.finished());
    PCollection<Failure> unreadable = looked.get(FAILED).setCoder(Coders.of(Failure.class));
    PCollectionTuple computed =
        looked
            .get(MISSING)
            .setCoder(Coders.of(Unit.class))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "Compute",
                ParDo.of(computeFn(units.isBounded()))
                    .withOutputTags(COMPUTED, TupleTagList.of(FAILED)));
    PCollection<KV<Unit, UnitResult>> fresh = computed.get(COMPUTED).setCoder(Coders.finished());
    PCollection<Failure> failed = computed.get(FAILED).setCoder(Coders.of(Failure.class));
    return new FinishedUnits(
        PCollectionList.of(found).and(fresh).apply("Join finished", Flatten.pCollections()),
        PCollectionList.of(unreadable).and(failed).apply("Join failures", Flatten.pCollections()));
  }

  private DoFn<Unit, KV<Unit, UnitResult>> computeFn(IsBounded bounded) {
    ComputingStage computing = new ComputingStage(stage, study);
    return bounded == IsBounded.BOUNDED
        ? new ComputeFn(computing)
        : new ComputeWhileStreamingFn(computing);
  }

  private static final class LookUpFn extends DoFn<Unit, KV<Unit, UnitResult>> {
    private static final long serialVersionUID = 1;

    private final StudyAddress study;
    private final StageCounters counters;
    private transient StageContext context;

    LookUpFn(String stage, StudyAddress study) {
      this.study = study;
      this.counters = new StageCounters(stage);
    }

    @Setup
    public void setup() {
      context = study.open(StageListener.SILENT);
    }

    @ProcessElement
    public void process(@Element Unit unit, MultiOutputReceiver out) {
      try {
        Optional<UnitResult> result = find(unit);
        if (result.isPresent()) {
          counters.unitRemembered();
          out.get(FOUND).output(KV.of(unit, result.get()));
        } else if (!study.control().selection().admits(unit)) {
          counters.unitSkipped();
        } else {
          lookUpFailure(unit, out);
        }
      } catch (IOException e) {
        LOG.error("{}", e.getMessage());
        counters.unitFailed();
        out.get(FAILED).output(Failures.of(unit, e, 1));
      }
    }

    private Optional<UnitResult> find(Unit unit) throws IOException {
      try {
        return context.ledger().find(unit.getStage(), unit.getKey());
      } catch (CorruptRecordException e) {
        RunControl control = study.control();
        if (!control.rerunFailed() || !control.selection().admits(unit)) {
          throw e;
        }
        LOG.warn("{}; it is computed again now", e.getMessage());
        context.ledger().forget(unit.getStage(), unit.getKey());
        return Optional.empty();
      }
    }

    private void lookUpFailure(Unit unit, MultiOutputReceiver out) throws IOException {
      Optional<Failure> failure = context.failedUnits().find(unit.getStage(), unit.getKey());
      if (failure.isPresent() && !study.control().triesAgain(failure.get().getAttempt())) {
        counters.unitFailed();
        out.get(FAILED).output(failure.get());
      } else {
        out.get(MISSING).output(unit);
      }
    }
  }
}
