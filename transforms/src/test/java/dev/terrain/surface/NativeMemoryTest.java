package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NativeMemoryTest {
  private static final RandomImages IMAGES = new RandomImages(64, 1, 8, 4, 1);

  /** A leak of one float32 vector a product would show as 4000 x 84 kB = 330 MB. */
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
    for (int i = 0; i < 4000; i++) {
      surface.hessianProduct(weights, v);
    }
    System.gc();
    assertThat(residentKilobytes() - before).isLessThan(100_000);
  }

  /** A leak of one float32 vector a block would show as 1500 x 84 kB = 126 MB. */
  @ParameterizedTest
  @EnumSource(CurvatureMatrix.Kind.class)
  @EnabledOnOs(OS.LINUX)
  void thousandsOfBlocks_leaveNoNativeMemoryBehind(CurvatureMatrix.Kind kind) throws IOException {
    Network network = Surfaces.mlp(IMAGES, 256, 16);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(64, 40), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "leak");
    CurvatureMatrix matrix = new CurvatureMatrix(kind, "leak", 0);
    double[][] block = {
      Surfaces.gaussian(network.dimension(), "v"), Surfaces.gaussian(network.dimension(), "w")
    };
    for (int i = 0; i < 300; i++) {
      surface.products(matrix, weights, block, (batch, products) -> {});
    }
    System.gc();
    long before = residentKilobytes();
    for (int i = 0; i < 1500; i++) {
      surface.products(matrix, weights, block, (batch, products) -> {});
    }
    System.gc();
    assertThat(residentKilobytes() - before).isLessThan(60_000);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thousandsOfSteps_leaveNoNativeMemoryBehind() throws IOException {
    Network network = Surfaces.network(Surfaces.spec("cnn", 16).build(), IMAGES);
    try (NetworkTrainer trainer =
        new NetworkTrainer(
            network,
            IMAGES,
            network.initialParameters("leak"),
            new float[network.dimension()],
            network.initialStatistics())) {
      int[] batch = NetworkSurfaceTest.range(0, 32);
      for (int i = 0; i < 500; i++) {
        assertThat(trainer.step(batch, 0.01, 0.9, 0).loss()).isFinite();
      }
      long before = residentKilobytes();
      for (int i = 0; i < 3000; i++) {
        trainer.step(batch, 0.01, 0.9, 0);
      }
      assertThat(residentKilobytes() - before).isLessThan(60_000);
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
