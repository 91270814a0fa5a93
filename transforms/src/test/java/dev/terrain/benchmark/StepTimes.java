package dev.terrain.benchmark;

import dev.terrain.model.Network;
import dev.terrain.surface.NetworkTrainer;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints the processor time and the page faults of a training step on images of 28 x 28. To run: in
 * a JVM of its own; with {@code MALLOC_MMAP_THRESHOLD_} or its siblings in the environment freed
 * memory is dealt with as they say.
 */
public final class StepTimes {
  private static final int WARM_UP = 20;

  private StepTimes() {}

  /**
   * Times steps.
   *
   * @param arguments steps, then networks: architecture:width:batch size
   */
  public static void main(String[] arguments) throws IOException {
    int steps = Integer.parseInt(arguments[0]);
    for (String network : Arrays.asList(arguments).subList(1, arguments.length)) {
      String[] parts = network.split(":", 3);
      ModelSpec spec = Surfaces.spec(parts[0], Integer.parseInt(parts[1])).build();
      time(network, spec, Integer.parseInt(parts[2]), steps);
    }
  }

  private static void time(String name, ModelSpec spec, int batchSize, int steps)
      throws IOException {
    RandomImages images = new RandomImages(batchSize, 1, 28, 10, 1);
    Network network = Surfaces.network(spec, images);
    int[] batch = IntStream.range(0, batchSize).toArray();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    try (NetworkTrainer trainer = NetworkTrainer.atStart(network, images, spec, "benchmark")) {
      for (int i = 0; i < WARM_UP; i++) {
        trainer.step(batch, 0.01, i + 1);
      }
      double[] milliseconds = new double[steps];
      long faults = faults();
      for (int i = 0; i < steps; i++) {
        long start = clock.getCurrentThreadCpuTime();
        trainer.step(batch, 0.01, WARM_UP + i + 1);
        milliseconds[i] = (clock.getCurrentThreadCpuTime() - start) / 1e6;
      }
      faults = faults() - faults;
      Arrays.sort(milliseconds);
      System.out.printf(
          Locale.ROOT,
          "%-16s median %7.2f ms, least %7.2f ms, %7.1f page faults%n",
          name,
          milliseconds[steps / 2],
          milliseconds[0],
          (double) faults / steps);
    }
  }

  /** The field after the command's name that proc(5) calls minflt. */
  private static long faults() throws IOException {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[7]);
  }
}
