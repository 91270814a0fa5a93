package dev.terrain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.surface.EngineFaultException;
import dev.terrain.surface.GradientDescent;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.Optimizers;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training makes of an engine that is wrong once: six epochs of six steps each. */
final class EngineFaultTest {
  private static final LabelledImages IMAGES = new RandomImages(50, 1, 8, 4, 3);
  private static final Duration NEVER = Duration.ofDays(1);

  private final Memory memory = new Memory();

  private static ModelSpec.Builder spec() {
    return Surfaces.spec("cnn", 3)
        .setBatchSize(8)
        .setEpochs(6)
        .setStopRule("epochs")
        .setLearningRate(0.02);
  }

  private TrainingResult train(ModelSpec spec, Duration saveEvery, Fault fault) {
    Network network = Surfaces.network(spec, IMAGES);
    Recipe recipe =
        new Recipe(
            spec,
            "0123456789abcdef",
            network,
            IMAGES,
            Optimizers.of(spec),
            LearningRateSchedules.of(spec),
            members -> new FaultyDescent(spec, network, fault, members.get(0).arrays()));
    TrainingListener silent =
        new TrainingListener() {
          @Override
          public void onStep(int examples) {}

          @Override
          public void onEpoch() {}
        };
    return new Trainer(recipe, memory, silent, saveEvery).train();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 20, 36})
  void lossThatIsNotFiniteOnce_isAFaultNotADivergence(int step) {
    assertThatThrownBy(() -> train(spec().build(), NEVER, new Fault(Part.LOSS, step)))
        .isInstanceOf(EngineFaultException.class)
        .hasMessageContaining(
            "the loss of model 0123456789ab in step %d of epoch %d: NaN, and"
                .formatted((step - 1) % 6 + 1, (step - 1) / 6 + 1))
        .hasMessageContaining("no divergence")
        .hasMessageContaining("can be tried again");
  }

  /** The loss of the step itself is finite; the next one, or none, is not. */
  @ParameterizedTest
  @CsvSource({
    "PARAMETERS, 1", "PARAMETERS, 5", "PARAMETERS, 6", "PARAMETERS, 36",
    "MOMENTUM, 1", "MOMENTUM, 17", "MOMENTUM, 35", "MOMENTUM, 36",
    "STATISTICS, 1", "STATISTICS, 12", "STATISTICS, 36"
  })
  void weightsThatAreNotFiniteOnce_areAFaultWhereverTheyArise(Part part, int step) {
    for (Duration saveEvery : new Duration[] {NEVER, Duration.ZERO}) {
      assertThatThrownBy(() -> train(withStatistics(), saveEvery, new Fault(part, step)))
          .isInstanceOf(EngineFaultException.class)
          .hasMessageContaining("model 0123456789ab");
    }
  }

  private static ModelSpec withStatistics() {
    return spec().setArchitecture("resnet18").setWidth(1).build();
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void trainingThatIsTriedAgain_endsAsIfNothingHadBeen(Part part) {
    TrainingResult expected = train(withStatistics(), NEVER, Fault.NONE);
    assertThatThrownBy(() -> train(withStatistics(), Duration.ZERO, new Fault(part, 20)))
        .isInstanceOf(EngineFaultException.class);
    assertThat(memory.last).as("what a faulty engine computed is not gone on from").isNull();
    TrainingResult again = train(withStatistics(), Duration.ZERO, Fault.NONE);
    assertThat(again.theta()).isEqualTo(expected.theta());
    assertThat(again.statistics()).isEqualTo(expected.statistics());
    assertThat(again.history()).isEqualTo(expected.history());
  }

  @Test
  void savedStates_areFinite() {
    ModelSpec explosive = spec().setLearningRate(1000).setWeightDecay(1000).build();
    TrainingResult result = train(explosive, Duration.ZERO, Fault.NONE);
    assertThat(result.stopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(memory.last.isFinite()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 86_400})
  void divergenceThatRepeats_isBelieved(long saveEvery) {
    ModelSpec explosive = spec().setLearningRate(1e6).setEpochs(50).build();
    TrainingResult result = train(explosive, Duration.ofSeconds(saveEvery), Fault.NONE);
    assertThat(result.stopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(result.theta()).isEmpty();
    assertThat(result.history().losses()).allMatch(Double::isFinite);
  }

  private enum Part {
    LOSS(""),
    PARAMETERS("theta"),
    MOMENTUM("velocity"),
    STATISTICS("statistics");

    private final String array;

    Part(String array) {
      this.array = array;
    }
  }

  /** Makes one number NaN at one step, the first time that it is taken. */
  private static final class Fault {
    static final Fault NONE = new Fault(Part.LOSS, -1);

    private final Part part;
    private final int step;
    private int taken;

    Fault(Part part, int step) {
      this.part = part;
      this.step = step;
    }

    boolean strikes() {
      return ++taken == step;
    }
  }

  private static final class FaultyDescent implements GradientDescent {
    private final ModelSpec spec;
    private final Network network;
    private final Fault fault;
    private GradientDescent descent;

    FaultyDescent(ModelSpec spec, Network network, Fault fault, Map<String, float[]> arrays) {
      this.spec = spec;
      this.network = network;
      this.fault = fault;
      descent = begin(arrays);
    }

    private GradientDescent begin(Map<String, float[]> arrays) {
      return new NetworkTrainer(
          network, IMAGES, Optimizers.of(spec), List.of(new NetworkTrainer.Member(spec, arrays)));
    }

    @Override
    public List<List<Step>> steps(List<Stretch> stretches) {
      Stretch stretch = stretches.get(0);
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < stretch.rates().length; i++) {
        steps.add(step(stretch.batches()[i], stretch.rates()[i], stretch.number() + i));
      }
      return List.of(steps);
    }

    private Step step(int[] examples, double rate, long number) {
      Stretch one = new Stretch(new int[][] {examples}, new double[] {rate}, number);
      Step step = descent.steps(List.of(one)).get(0).get(0);
      if (!fault.strikes()) {
        return step;
      }
      if (fault.part == Part.LOSS) {
        return new Step(Double.NaN, step.hits());
      }
      Map<String, float[]> arrays = descent.arrays(0);
      float[] broken = arrays.get(fault.part.array);
      broken[broken.length / 2] = Float.NaN;
      descent.close();
      descent = begin(arrays);
      return step;
    }

    @Override
    public float[] array(int member, String name) {
      return descent.array(member, name);
    }

    @Override
    public Map<String, float[]> arrays(int member) {
      return descent.arrays(member);
    }

    @Override
    public void close() {
      descent.close();
    }
  }
}
