package dev.terrain.beam.units;

import dev.terrain.ledger.UnitLease;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.sweep.SpecText;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit in the hands of a worker: computed, recorded in the ledger, and then handed to whoever
 * waits for it. A thread of {@link Workers} does the work; the other methods are for the engine's
 * thread, which alone may count.
 */
final class UnitWork {
  private static final Logger LOG = LoggerFactory.getLogger(UnitWork.class);

  private final Unit unit;
  private final Stage stage;
  private final StageContext context;
  private final UnitLease lease;
  private final @Nullable String stopMarker;
  private final CompletableFuture<UnitResult> result = new CompletableFuture<>();
  private final LongAdder epochs = new LongAdder();
  private final LongAdder examples = new LongAdder();
  private final LongAdder hessianProducts = new LongAdder();
  private final LongAdder pathGradients = new LongAdder();
  private final long asked = System.nanoTime();
  private volatile Steps reported = new Steps(0, 0, 0, 0);
  private volatile long milliseconds;
  private volatile boolean givenUp;
  private volatile boolean isRecordedElsewhere;

  /**
   * @param stopMarker object in the store that keeps the unit from beginning, and that its failure
   *     makes; null for none
   */
  UnitWork(Unit unit, Stage stage, StageContext context, @Nullable String stopMarker) {
    this.stopMarker = stopMarker;
    this.unit = unit;
    this.stage = stage;
    this.context = context.withListener(new Listener());
    this.lease = new UnitLease(context.store(), unit.getStage(), unit.getKey());
  }

  /**
   * What has happened inside units.
   *
   * @param epochs completed by trainings
   * @param examples images that trainings took steps on
   * @param hessianProducts products of a Hessian with a vector
   * @param pathGradients gradients of a batch that fits of paths took
   */
  record Steps(long epochs, long examples, long hessianProducts, long pathGradients) {
    private Steps minus(Steps other) {
      return new Steps(
          epochs - other.epochs,
          examples - other.examples,
          hessianProducts - other.hessianProducts,
          pathGradients - other.pathGradients);
    }
  }

  /**
   * What a finished unit took in this process.
   *
   * @param milliseconds wall-clock time
   * @param examples images that it took training steps on
   */
  record Cost(long milliseconds, long examples) {}

  /**
   * Computes the unit, unless another process is about to.
   *
   * @return whether the unit has ended; if not, this is to be called again
   */
  boolean attempt() {
    try {
      Optional<UnitResult> finished = findOrCompute();
      finished.ifPresent(result::complete);
      return finished.isPresent();
    } catch (CancellationException e) {
      LOG.info("{} of {}: given up", unit.getStage(), describe());
      result.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} of {}: {}", unit.getStage(), describeFully(), e.getMessage());
      LOG.debug("{} of {}", unit.getStage(), describe(), e);
      stopOthers();
      result.completeExceptionally(e);
    } catch (Error e) {
      result.completeExceptionally(e);
      throw e;
    }
    return true;
  }

  /** The result, or empty if another process has the lease and has not recorded the unit yet. */
  private Optional<UnitResult> findOrCompute() throws IOException {
    if (givenUp || (stopMarker != null && context.store().exists(stopMarker))) {
      throw new CancellationException("given up before it began");
    }
    try {
      boolean mine = lease.acquire();
      // Whoever has had the lease may have recorded the unit, and its record may be packed by now.
      Optional<UnitResult> recorded =
          mine
              ? context.ledger().findNow(unit.getStage(), unit.getKey())
              : context.ledger().find(unit.getStage(), unit.getKey());
      isRecordedElsewhere = recorded.isPresent();
      return recorded.isPresent() || !mine ? recorded : Optional.of(compute());
    } finally {
      giveLeaseBack();
    }
  }

  private UnitResult compute() throws IOException {
    long start = System.nanoTime();
    LOG.info("{} of {}: begins", unit.getStage(), describe());
    UnitResult computed = stage.compute(unit, context);
    if (!context.ledger().record(computed)) {
      computed = context.ledger().find(unit.getStage(), unit.getKey()).orElse(computed);
    }
    context.failedUnits().forget(unit.getStage(), unit.getKey());
    stage.recorded(unit, context);
    milliseconds = (System.nanoTime() - start) / 1_000_000;
    LOG.info("{} of {}: done in {} ms", unit.getStage(), describe(), milliseconds);
    return computed;
  }

  private void giveLeaseBack() {
    try {
      lease.close();
    } catch (IOException e) {
      LOG.warn("a lease is left to expire: {}", e.getMessage());
    }
  }

  /** Whether another process has computed the unit meanwhile. */
  boolean isRecordedElsewhere() {
    return isRecordedElsewhere;
  }

  private void stopOthers() {
    if (stopMarker != null) {
      try {
        context.store().write(stopMarker, new byte[0]);
      } catch (IOException e) {
        LOG.warn("the run goes on after a failure: {}", e.getMessage());
      }
    }
  }

  Unit unit() {
    return unit;
  }

  /** Completes, normally or not, when the unit has ended. */
  CompletableFuture<UnitResult> result() {
    return result;
  }

  /** Time since the unit was asked for. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** Makes the unit end soon, without a result. */
  void giveUp() {
    givenUp = true;
  }

  /** What has happened since the last call. */
  Steps newSteps() {
    Steps all = new Steps(epochs.sum(), examples.sum(), hessianProducts.sum(), pathGradients.sum());
    Steps fresh = all.minus(reported);
    reported = all;
    return fresh;
  }

  /**
   * The result of a unit that has ended.
   *
   * @throws IOException if the store failed or holds something corrupt
   * @throws RuntimeException whatever the computation threw
   */
  UnitResult outcome() throws IOException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) cause;
    } catch (InterruptedException e) {
      throw new IllegalStateException("the unit has not ended", e);
    }
  }

  Cost cost() {
    return new Cost(milliseconds, examples.sum());
  }

  private String describe() {
    return unit.getScope() == Subject.MODEL
        ? "model " + shortId(unit.getModels().get(0).getModelId())
        : "cell " + shortId(unit.getCellId());
  }

  /** With the settings, which people know better than ids. */
  private String describeFully() {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    String settings = SpecText.settings(spec);
    String seed = unit.getScope() == Subject.MODEL ? "seed " + spec.getSeed() : "";
    String both = settings.isEmpty() || seed.isEmpty() ? settings + seed : settings + ", " + seed;
    return both.isEmpty() ? describe() : describe() + " (" + both + ")";
  }

  private static String shortId(String id) {
    return id.substring(0, 12);
  }

  private final class Listener implements StageListener {
    @Override
    public void onTrainingStep(int count) {
      examples.add(count);
      stopIfGivenUp();
    }

    @Override
    public void onEpoch() {
      epochs.increment();
    }

    @Override
    public void onHessianProduct() {
      hessianProducts.increment();
      stopIfGivenUp();
    }

    @Override
    public void onPathGradient() {
      pathGradients.increment();
      stopIfGivenUp();
    }

    private void stopIfGivenUp() {
      if (givenUp) {
        throw new CancellationException("nobody waits for the unit");
      }
    }
  }
}
