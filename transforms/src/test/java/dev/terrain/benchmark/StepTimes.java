package dev.terrain.benchmark;

import dev.terrain.data.Dataset;
import dev.terrain.data.Datasets;
import dev.terrain.data.ImageSample;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.surface.Processor;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Torch;
import dev.terrain.training.ProgressStore;
import dev.terrain.training.Trainer;
import dev.terrain.training.TrainingListener;
import dev.terrain.training.TrainingState;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints the milliseconds of one training step of some networks as JSON, as
 * docs/benchmarks/steps.py does for plain PyTorch; docs/benchmarks/compare.py runs both in turns.
 *
 * <p>To run: as {@link CurvatureProductBenchmark}, with the class {@code
 * dev.terrain.benchmark.StepTimes}.
 */
public final class StepTimes {
  private static final List<String> NETWORKS = List.of("mlp 64", "cnn 8", "cnn 16", "resnet18 4");
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int BATCHES = 10;

  private StepTimes() {}

  /** Ends a training that has been watched long enough. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  private static final class NoProgress implements ProgressStore {
    @Override
    public Optional<TrainingState> load() {
      return Optional.empty();
    }

    @Override
    public void save(TrainingState state) {}

    @Override
    public void discard() {}
  }

  /** Milliseconds of a step in each epoch once the training is warm, and on all processors. */
  private static final class Watch implements TrainingListener {
    private final List<Double> epochs = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long processorBefore;
    private long epochBegin = begin;
    private long processor;
    private long steps;
    private int stepsOfEpoch;

    @Override
    public void onStep(int examples) {
      stepsOfEpoch++;
    }

    @Override
    public void onEpoch() {
      long now = System.nanoTime();
      long warm = begin + WARM_UP.toNanos();
      if (epochBegin - warm >= 0) {
        epochs.add((now - epochBegin) / 1e6 / stepsOfEpoch);
        steps += stepsOfEpoch;
      } else if (now - warm >= 0) {
        processorBefore = processorNanos();
      }
      if (now - warm >= MEASURED.toNanos()) {
        processor = processorNanos() - processorBefore;
        throw new Enough();
      }
      stepsOfEpoch = 0;
      epochBegin = now;
    }

    private static long processorNanos() {
      return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    double median() {
      List<Double> sorted = epochs.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double processorMilliseconds() {
      return processor / 1e6 / steps;
    }
  }

  private static String measure(String name) throws IOException {
    String[] parts = name.split(" ", 2);
    boolean perceptron = parts[0].equals("mlp");
    int batchSize = perceptron ? 64 : 128;
    ModelSpec spec =
        Surfaces.spec(parts[0], Integer.parseInt(parts[1]))
            .setBatchSize(batchSize)
            .setEpochs(Integer.MAX_VALUE)
            .setStopRule("epochs")
            .build();
    LabelledImages images =
        perceptron ? digits() : new RandomImages(BATCHES * batchSize, 1, 28, 10, 1);
    Network network = Surfaces.network(spec, images);
    Watch watch = new Watch();
    Trainer trainer =
        new Trainer(spec, "steps", network, images, new NoProgress(), watch, Duration.ofDays(1));
    try {
      trainer.train();
    } catch (Enough e) {
      return String.format(
          Locale.ROOT,
          "  {\"network\": \"%s\", \"batch_size\": %d, \"milliseconds\": %.4f,"
              + " \"processor_milliseconds\": %.4f}",
          name,
          batchSize,
          watch.median(),
          watch.processorMilliseconds());
    }
    throw new IllegalStateException("the training of " + name + " diverged");
  }

  private static LabelledImages digits() throws IOException {
    Dataset digits = Datasets.get("digits");
    return ImageSample.of(digits, digits.train());
  }

  /**
   * Prints the object.
   *
   * @param arguments networks, each an architecture and its width, such as {@code cnn 8}; none:
   *     those of docs/benchmarks.md
   */
  public static void main(String[] arguments) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : arguments.length == 0 ? NETWORKS : List.of(arguments)) {
      lines.add(measure(name));
    }
    System.out.printf(
        Locale.ROOT,
        "{\"benchmark\": \"steps\", \"date\": \"%s\",%n"
            + " \"machine\": {\"processor\": \"%s\", \"cores\": %d},%n"
            + " \"versions\": {\"java\": \"%s\", \"torch\": \"%s\"},%n \"steps\": [%n%s]}%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Processor.ofThisMachine().name(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        Torch.build(),
        lines.stream().collect(Collectors.joining(",\n")));
  }
}
