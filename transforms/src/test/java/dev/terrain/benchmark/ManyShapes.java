package dev.terrain.benchmark;

import dev.terrain.model.Network;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Prints the memory of this process while two threads compute units of ever other shapes, as a
 * study does in a day: trainings of a few steps and Hessian-vector products on kept graphs, of cnn
 * up to width 32 and resnet18 up to 8, with 8 to 511 images. To run: in a JVM of its own, with a
 * heap of fixed size, touched at the start, so that the rest is native memory.
 */
public final class ManyShapes {
  private static final int THREADS = 2;
  private static final int STEPS = 6;
  private static final int PRINTED = 12;
  private static final long GRAPH_BYTES = 256L << 20;

  private ManyShapes() {}

  /**
   * Computes units.
   *
   * @param arguments how many
   */
  public static void main(String[] arguments) throws Exception {
    int units = Integer.parseInt(arguments[0]);
    CounterRandom random = CounterRandom.of("benchmark", "shapes", 0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int unit = 1; unit <= units; unit++) {
      boolean cnn = random.nextInt(3) > 0;
      ModelSpec spec =
          Surfaces.spec(cnn ? "cnn" : "resnet18", 1 + random.nextInt(cnn ? 32 : 8)).build();
      int least = 8 << random.nextInt(6);
      int images = least + random.nextInt(least);
      boolean training = random.nextInt(3) > 0;
      boolean printed = unit % Math.max(1, units / PRINTED) == 0;
      int number = unit;
      tasks.add(
          () -> {
            compute(spec, new RandomImages(images, 1, 28, 10, 1), training);
            if (printed) {
              System.out.printf("%d units: %s%n", number, memory());
            }
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void compute(ModelSpec spec, RandomImages images, boolean training) {
    Network network = Surfaces.network(spec, images);
    if (training) {
      int[] batch = IntStream.range(0, images.size()).toArray();
      try (NetworkTrainer trainer = NetworkTrainer.atStart(network, images, spec, "shapes")) {
        for (int i = 0; i < STEPS; i++) {
          trainer.steps(Surfaces.oneStep(batch, 0.01, i + 1));
        }
      }
      return;
    }
    int[][] batches = Surfaces.batches(images.size(), Math.min(100, images.size()));
    NetworkSurface surface = new NetworkSurface(network, images, batches, Precision.FLOAT32);
    double[][] block = {Surfaces.gaussian(network.dimension(), "v")};
    try (CurvatureProducts products =
        surface.curvature(
            CurvatureMatrix.hessian(), Surfaces.weights(network, "shapes"), GRAPH_BYTES)) {
      products.of(block, (batch, parts) -> {});
      products.of(block, (batch, parts) -> {});
    }
  }

  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }
}
