package dev.terrain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainerTest {
  private static final LabelledImages IMAGES = new RandomImages(50, 1, 8, 4, 3);
  private static final float[] NONE = {};
  private static final TrainingListener SILENT = new Interruption(Integer.MAX_VALUE);

  private static ModelSpec.Builder spec(String architecture) {
    return Surfaces.spec(architecture, 3)
        .setBatchSize(8)
        .setEpochs(6)
        .setStopRule("epochs")
        .setLearningRate(0.02);
  }

  private static TrainingResult train(ModelSpec spec, ProgressStore progress) {
    return trainer(spec, progress, SILENT).train();
  }

  private static Trainer trainer(
      ModelSpec spec, ProgressStore progress, TrainingListener listener) {
    return new Trainer(
        spec, "model", Surfaces.network(spec, IMAGES), IMAGES, progress, listener, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16})
  void aBatchOfOneImage_isRefusedWhereBatchNormHasOneValue(int side) {
    LabelledImages one = new RandomImages(1, 1, side, 4, 3);
    ModelSpec spec = spec("resnet18").setIncompleteBatch("keep").setEpochs(1).build();
    Network network = Surfaces.network(spec, one);
    Trainer trainer = new Trainer(spec, "model", network, one, new Memory(), SILENT, Duration.ZERO);

    if (network.valuesPerNormalisedChannel().orElseThrow() == 1) {
      assertThatThrownBy(trainer::train).hasMessageContaining("more than 1 value per channel");
    } else {
      assertThat(trainer.train().steps()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 20, 35})
  void interruptedTraining_goesOnToTheSameBits(int killAfter) {
    ModelSpec spec = spec("cnn").build();
    TrainingResult expected = train(spec, new Memory());
    Memory memory = new Memory();
    assertThatThrownBy(() -> trainer(spec, memory, new Interruption(killAfter)).train())
        .isInstanceOf(Killed.class);
    TrainingResult resumed = train(spec, memory);
    assertThat(resumed.theta()).isEqualTo(expected.theta());
    assertThat(resumed.statistics()).isEqualTo(expected.statistics());
    assertThat(resumed.history()).isEqualTo(expected.history());
    assertThat(resumed.steps()).isEqualTo(expected.steps()).isEqualTo(36);
    assertThat(memory.loads).isEqualTo(2);
  }

  @Test
  void savedStateWithOtherArrays_isNotGoneOnFrom() {
    ModelSpec spec = spec("cnn").build();
    TrainingResult expected = train(spec, new Memory());
    Memory memory = new Memory();
    memory.last =
        TrainingState.initial(
            Map.of("theta", new float[] {1}, "moment", new float[] {2}, "statistics", NONE));

    assertThat(train(spec, memory).theta()).isEqualTo(expected.theta());
  }

  @Test
  void steps_equalMomentumDescentInFloat64OverIndependentGradients() {
    ModelSpec spec = spec("mlp").setEpochs(1).setIncompleteBatch("keep").build();
    Network network = Surfaces.network(spec, IMAGES);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(IMAGES.size(), 50), Precision.FLOAT64);
    double[] theta = Surfaces.widen(network.initialParameters("model"));
    double[] velocity = new double[theta.length];
    int[] order = CounterRandom.of("model", "order", 0).permutation(50);
    double lossSum = 0;
    for (int from = 0; from < 50; from += 8) {
      int[] batch = Arrays.copyOfRange(order, from, Math.min(50, from + 8));
      LossGradient gradient = surface.batchGradient(theta, batch);
      lossSum += gradient.loss() * batch.length;
      for (int i = 0; i < theta.length; i++) {
        velocity[i] = 0.9 * velocity[i] + gradient.gradient()[i] + 5e-4 * theta[i];
        theta[i] -= 0.02 * velocity[i];
      }
    }
    TrainingResult result = train(spec, new Memory());
    assertThat(Surfaces.widen(result.theta())).containsExactly(theta, within(1e-6));
    assertThat(result.history().losses().get(0)).isCloseTo(lossSum / 50, within(1e-6));
    assertThat(result.steps()).isEqualTo(7);
  }

  @Test
  void incompleteBatch_isSkippedUnlessKept() {
    assertThat(train(spec("mlp").setEpochs(1).build(), new Memory()).steps()).isEqualTo(6);
  }

  @Test
  void batchLargerThanTheTrainingSet_isRefusedByName() {
    ModelSpec spec = spec("mlp").setBatchSize(51).build();
    assertThatThrownBy(() -> train(spec, new Memory()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch_size (51)")
        .hasMessageContaining("(50)");
  }

  @Test
  void divergingTraining_isRecordedNotThrown() {
    TrainingResult result =
        train(spec("mlp").setLearningRate(1e6).setEpochs(50).build(), new Memory());
    assertThat(result.stopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(result.theta()).isEmpty();
    assertThat(result.history().losses()).allMatch(Double::isFinite);
  }

  @Test
  void withoutPlateau_theWeightsOfTheLowestRunningLossAreMeasured() {
    TrainingResult result =
        train(spec("mlp").setLearningRate(0.5).setEpochs(12).build(), new Memory());
    List<Double> losses = result.history().losses();
    int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
    assertThat(result.stopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(result.measuredEpoch()).isEqualTo(best);
    TrainingResult shorter =
        train(spec("mlp").setLearningRate(0.5).setEpochs(best).build(), new Memory());
    assertThat(result.theta()).isEqualTo(shorter.theta());
    assertThat(best).as("this learning rate makes the loss rise again").isLessThan(12);
  }

  @Test
  void plateau_stopsAtTheFirstEpochThatAllows() {
    ModelSpec spec =
        spec("mlp")
            .setStopRule("plateau")
            .setPlateauTolerance(1000)
            .setPlateauEpochs(2)
            .setPlateauFirstEpoch(4)
            .build();
    TrainingResult result = train(spec, new Memory());
    assertThat(result.stopReason()).isEqualTo(StopReason.PLATEAU);
    assertThat(result.measuredEpoch()).isEqualTo(4);
    assertThat(result.history().epochs()).isEqualTo(4);
  }

  @Test
  void plateauRule_needsEveryOneOfTheLastChangesToBeSmall() {
    PlateauRule rule =
        PlateauRule.of(
            spec("mlp")
                .setStopRule("plateau")
                .setPlateauTolerance(0.1)
                .setPlateauEpochs(2)
                .setPlateauFirstEpoch(1)
                .build());
    assertThat(rule.reached(List.of(1.0, 1.05))).isFalse();
    assertThat(rule.reached(List.of(2.0, 1.05, 1.0))).isFalse();
    assertThat(rule.reached(List.of(2.0, 1.05, 1.0, 1.05))).isTrue();
    assertThat(rule.reached(List.of(1.0, 1.05, 1.2))).isFalse();
  }

  @Test
  void stepSchedule_multipliesTheRateFromEachMilestoneOn() {
    ModelSpec spec =
        spec("mlp")
            .setLearningRate(0.1)
            .setLearningRateSchedule("step")
            .setLearningRateMilestones(List.of(2, 5))
            .build();
    LearningRateSchedule schedule = LearningRateSchedules.of(spec);
    assertThat(schedule.rate(spec, 1, 5, 6)).isEqualTo(0.1);
    assertThat(schedule.rate(spec, 2, 0, 6)).isCloseTo(0.01, within(1e-17));
    assertThat(schedule.rate(spec, 5, 0, 6)).isCloseTo(0.001, within(1e-18));
  }

  /** Stands for a kill: throws after so many steps. */
  private static final class Interruption implements TrainingListener {
    private int left;

    Interruption(int steps) {
      left = steps;
    }

    @Override
    public void onStep(int examples) {
      if (--left == 0) {
        throw new Killed();
      }
    }

    @Override
    public void onEpoch() {}
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Keeps every third state, so that a resumed training repeats some steps. */
  private static final class Memory implements ProgressStore {
    private TrainingState last;
    private int saves;
    private int loads;

    @Override
    public Optional<TrainingState> load() {
      loads++;
      return Optional.ofNullable(last);
    }

    @Override
    public void save(TrainingState state) {
      if (saves++ % 3 == 0) {
        last = state;
      }
    }

    @Override
    public void discard() {
      last = null;
    }
  }
}
