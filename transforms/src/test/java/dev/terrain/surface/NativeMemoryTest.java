package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.Network;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class NativeMemoryTest {
  private static final RandomImages IMAGES = new RandomImages(64, 1, 8, 4, 1);

  /** A leak of one float32 vector a product would show as 2000 x 84 kB = 165 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfProducts_leaveNoNativeMemoryBehind() throws IOException {
    Network network = Surfaces.mlp(IMAGES, 256, 16);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(64, 40), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "leak");
    double[] v = Surfaces.gaussian(network.dimension(), "v");
    for (int i = 0; i < 500; i++) {
      surface.hessianProduct(weights, v);
    }
    System.gc();
    long before = residentKilobytes();
    for (int i = 0; i < 2000; i++) {
      surface.hessianProduct(weights, v);
    }
    System.gc();
    assertThat(residentKilobytes() - before).isLessThan(50_000);
  }

  /** A leak of one float32 vector a block by one of the five would show as 300 x 84 kB = 25 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfBlocks_leaveNoNativeMemoryBehind() throws IOException {
    Network network = Surfaces.mlp(IMAGES, 256, 16);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(64, 40), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "leak");
    double[][] block = {
      Surfaces.gaussian(network.dimension(), "v"), Surfaces.gaussian(network.dimension(), "w")
    };
    multiply(surface, weights, block, 400);
    long before = residentKilobytes();
    multiply(surface, weights, block, 1500);
    assertThat(residentKilobytes() - before).isLessThan(20_000);
  }

  /** A graph of this network and its weights hold 150 kB: left open, they would show as 45 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void keptGraphs_areFreedWhenTheyAreClosed() throws IOException {
    Network network = Surfaces.mlp(IMAGES, 256, 16);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(64, 40), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "leak");
    double[][] block = {Surfaces.gaussian(network.dimension(), "v")};
    multiplyTwice(surface, weights, block, 100);
    long before = residentKilobytes();
    multiplyTwice(surface, weights, block, 300);
    assertThat(residentKilobytes() - before).isLessThan(20_000);
  }

  /** Three quarters of the batches fit. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void keptGraphs_takeNoMoreThanTheRoomGivenThem() throws IOException {
    RandomImages images = new RandomImages(2400, 1, 28, 10, 1);
    Network network = Surfaces.network(Surfaces.spec("cnn", 8).build(), images);
    NetworkSurface surface =
        new NetworkSurface(network, images, Surfaces.batches(2400, 100), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "kept");
    double[][] block = {Surfaces.gaussian(network.dimension(), "v")};
    surface.products(CurvatureMatrix.hessian(), weights, block, (batch, parts) -> {});
    giveBack();
    long before = residentKilobytes();
    long room = 400_000;
    try (CurvatureProducts products =
        surface.curvature(CurvatureMatrix.hessian(), weights, 1000 * room)) {
      products.of(block, (batch, parts) -> {});
      giveBack();
      long held = residentKilobytes() - before;
      assertThat(held).isBetween(room / 2, room);
    }
  }

  private static void giveBack() {
    CLibrary.open().ifPresent(Allocator::giveBack);
  }

  private static void multiplyTwice(
      NetworkSurface surface, Weights weights, double[][] block, int times) {
    CurvatureMatrix.Kind[] kinds = CurvatureMatrix.Kind.values();
    for (int i = 0; i < times; i++) {
      CurvatureMatrix matrix = new CurvatureMatrix(kinds[i % kinds.length], "leak", 0);
      try (CurvatureProducts products = surface.curvature(matrix, weights, Long.MAX_VALUE)) {
        products.of(block, (batch, parts) -> {});
        products.of(block, (batch, parts) -> {});
      }
    }
  }

  private static void multiply(
      NetworkSurface surface, Weights weights, double[][] block, int times) {
    CurvatureMatrix.Kind[] kinds = CurvatureMatrix.Kind.values();
    for (int i = 0; i < times; i++) {
      CurvatureMatrix matrix = new CurvatureMatrix(kinds[i % kinds.length], "leak", 0);
      surface.products(matrix, weights, block, (batch, products) -> {});
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfSteps_leaveNoNativeMemoryBehind() throws IOException {
    ModelSpec spec = Surfaces.spec("cnn", 16).build();
    Network network = Surfaces.network(spec, IMAGES);
    try (NetworkTrainer trainer = NetworkTrainer.atStart(network, IMAGES, spec, "leak")) {
      int[] batch = NetworkSurfaceTest.range(0, 32);
      for (int i = 0; i < 500; i++) {
        assertThat(trainer.steps(Surfaces.oneStep(batch, 0.01, i + 1)).get(0).get(0).loss())
            .isFinite();
      }
      long before = residentKilobytes();
      for (int i = 0; i < 3000; i++) {
        trainer.steps(Surfaces.oneStep(batch, 0.01, i + 1));
      }
      assertThat(residentKilobytes() - before).isLessThan(60_000);
    }
  }

  /**
   * Resident memory outside of Java's heap, which grows as it likes: HotSpot puts a heap of this
   * size below 32 GiB, where compressed pointers reach it, and nothing else of size lies there.
   */
  private static long residentKilobytes() throws IOException {
    long kilobytes = 0;
    boolean heap = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        heap = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16) < 1L << 35;
      } else if (!heap && line.startsWith("Rss:")) {
        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kilobytes;
  }
}
