package dev.terrain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.Batches;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training in company has to do with its company: nothing. */
final class TrainingStackTest {
  private static final LabelledImages IMAGES = new RandomImages(70, 1, 8, 4, 3);

  private final Map<String, TrainingResult> results = new HashMap<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();

  private static ModelSpec.Builder spec(int width, int batch) {
    return Surfaces.spec("mlp", width)
        .setBatchSize(batch)
        .setEpochs(3)
        .setStopRule("epochs")
        .setIncompleteBatch("keep")
        .setLearningRate(0.05);
  }

  private static Trainer trainer(ModelSpec spec, String id, ProgressStore progress, int steps) {
    return new Trainer(
        spec,
        id,
        Surfaces.network(spec, IMAGES),
        IMAGES,
        progress,
        new Patience(steps),
        Duration.ofDays(1));
  }

  private static Trainer trainer(ModelSpec spec, String id) {
    return trainer(spec, id, new Memory(), Integer.MAX_VALUE);
  }

  private void train(Map<String, Trainer> members) {
    Map<Trainer, String> ids = new HashMap<>();
    members.forEach((id, trainer) -> ids.put(trainer, id));
    new TrainingStack(
            List.copyOf(members.values()),
            (trainer, result) -> results.put(ids.get(trainer), result),
            (trainer, failure) -> failures.put(ids.get(trainer), failure))
        .train();
  }

  private static void assertSameBits(TrainingResult actual, TrainingResult expected) {
    assertThat(actual.theta()).isEqualTo(expected.theta());
    assertThat(actual.history()).isEqualTo(expected.history());
    assertThat(actual.measuredEpoch()).isEqualTo(expected.measuredEpoch());
  }

  @ParameterizedTest
  @CsvSource({"2, 9", "2, 16", "3, 8", "5, 32", "8, 16", "16, 70", "33, 4", "64, 24"})
  void bits_areThoseOfATrainingAloneInStacksOfAnySize(int width, int batch) {
    ModelSpec spec = spec(width, batch).build();
    Map<String, TrainingResult> alone = new HashMap<>();
    for (int size : new int[] {2, 3, 5, 16, 48}) {
      Map<String, Trainer> members = new HashMap<>();
      for (int i = 0; i < size; i++) {
        String id = "model " + (7 * i + size) % 53;
        members.put(id, trainer(spec, id));
      }
      results.clear();
      train(members);
      assertThat(results).hasSize(size);
      results.forEach(
          (id, result) ->
              assertSameBits(
                  result, alone.computeIfAbsent(id, name -> trainer(spec, name).train())));
    }
  }

  @Test
  void membersWithOtherRatesAndDecays_areThoseOfTheirSpecs() {
    Map<String, Trainer> members = new HashMap<>();
    List<ModelSpec> specs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ModelSpec spec =
          spec(6, 16)
              .setLearningRate(0.01 * (i + 1))
              .setWeightDecay(0.001 * i)
              .setMomentum(0.15 * i)
              .setEpochs(2 + i)
              .build();
      specs.add(spec);
      members.put("model " + i, trainer(spec, "model " + i));
    }
    train(members);
    for (int i = 0; i < 6; i++) {
      String id = "model " + i;
      assertSameBits(results.get(id), trainer(specs.get(i), id).train());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void steps_areThoseOfStochasticGradientDescentInFloat64(int size) {
    ModelSpec spec =
        spec(5, 16)
            .setEpochs(2)
            .setMomentum(0.9)
            .setWeightDecay(0.01)
            .setLearningRate(0.03)
            .build();
    Network network = Surfaces.network(spec, IMAGES);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(70, 70), Precision.FLOAT64);
    double[] theta = Surfaces.widen(network.initialParameters("model 1"));
    double[] velocity = new double[theta.length];
    for (int epoch = 0; epoch < 2; epoch++) {
      int[] order = CounterRandom.of("model 1", "order", epoch).permutation(70);
      for (int[] batch : Batches.shuffled(order, 16, true)) {
        LossGradient gradient = surface.batchGradient(theta, batch);
        for (int i = 0; i < theta.length; i++) {
          velocity[i] = 0.9 * velocity[i] + gradient.gradient()[i] + 0.01 * theta[i];
          theta[i] -= 0.03 * velocity[i];
        }
      }
    }
    Map<String, Trainer> members = new HashMap<>();
    IntStream.range(1, 1 + size)
        .mapToObj(i -> "model " + i)
        .forEach(id -> members.put(id, trainer(spec, id)));
    train(members);
    TrainingResult result = results.get("model 1");
    assertThat(result.measuredEpoch()).isEqualTo(2);
    assertThat(Surfaces.widen(result.theta())).containsExactly(theta, within(2e-6));
  }

  @Test
  void aMemberThatDivergesStopsOrIsGivenUp_leavesTheOthersAlone() {
    ModelSpec calm = spec(6, 16).build();
    ModelSpec explosive = spec(6, 16).setLearningRate(1e9).setEpochs(50).build();
    ModelSpec brief = spec(6, 16).setEpochs(1).build();
    Map<String, Trainer> members = new HashMap<>();
    members.put("calm", trainer(calm, "calm"));
    members.put("explosive", trainer(explosive, "explosive"));
    members.put("brief", trainer(brief, "brief"));
    members.put("given up", trainer(calm, "given up", new Memory(), 7));
    members.put("patient", trainer(calm, "patient"));
    train(members);

    assertThat(results.get("explosive").stopReason()).isEqualTo(StopReason.DIVERGED);
    assertThat(results).doesNotContainKey("given up");
    assertThat(failures).containsOnlyKeys("given up");
    assertThat(failures.get("given up")).isInstanceOf(CancellationException.class);
    assertSameBits(results.get("calm"), trainer(calm, "calm").train());
    assertSameBits(results.get("patient"), trainer(calm, "patient").train());
    assertSameBits(results.get("brief"), trainer(brief, "brief").train());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 11})
  void aKilledStack_goesOnMemberByMemberToTheSameBits(int steps) {
    ModelSpec spec = spec(6, 16).build();
    Map<String, Memory> memories = new HashMap<>();
    Map<String, Trainer> killed = new HashMap<>();
    for (String id : List.of("a", "b", "c")) {
      memories.put(id, new Memory());
      killed.put(
          id,
          new Trainer(
              spec,
              id,
              Surfaces.network(spec, IMAGES),
              IMAGES,
              memories.get(id),
              new Patience(steps),
              Duration.ZERO));
    }
    train(killed);
    assertThat(failures).hasSize(3);

    Map<String, Trainer> again = new HashMap<>();
    memories.forEach((id, memory) -> again.put(id, trainer(spec, id, memory, Integer.MAX_VALUE)));
    train(again);
    results.forEach((id, result) -> assertSameBits(result, trainer(spec, id).train()));
    assertThat(results).hasSize(3);
  }

  @Test
  void convolutionsAndLayersOfOneUnit_areTrainedOneByOne() {
    assertThat(NetworkTrainer.stacks(Surfaces.network(spec(1, 16).build(), IMAGES))).isFalse();
    assertThat(NetworkTrainer.stacks(Surfaces.network(spec(3, 16).build(), IMAGES))).isTrue();
    ModelSpec cnn = Surfaces.spec("cnn", 2).build();
    assertThat(NetworkTrainer.stacks(Surfaces.network(cnn, IMAGES))).isFalse();
  }

  /** Gives up after so many steps. */
  private static final class Patience implements TrainingListener {
    private int left;

    Patience(int steps) {
      left = steps;
    }

    @Override
    public void onStep(int examples) {
      if (--left == 0) {
        throw new CancellationException("given up");
      }
    }

    @Override
    public void onEpoch() {}
  }
}
