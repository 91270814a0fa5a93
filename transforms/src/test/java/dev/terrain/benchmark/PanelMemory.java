package dev.terrain.benchmark;

import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.curvature.sharpness.OutputCurvature;
import dev.terrain.model.Network;
import dev.terrain.stage.curvature.MeasuredPoint;
import dev.terrain.stage.curvature.PointMeasures;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints the peak of this process's memory for the whole panel, further measures included, on
 * resnet18 of width 16 and 1,000 images of 28 x 28. To run: in a JVM of its own, with a heap that
 * the basis fits in twice, of fixed size and touched at the start ({@code -Xms}, {@code -Xmx},
 * {@code -XX:+AlwaysPreTouch}), so that the rest of the peak is native memory.
 */
public final class PanelMemory {
  private PanelMemory() {}

  /**
   * Measures a panel.
   *
   * @param arguments products at most, MiB for the basis, MiB for the graphs of batches
   */
  public static void main(String[] arguments) throws IOException {
    RandomImages images = new RandomImages(1000, 1, 28, 10, 1);
    Network network = Surfaces.network(Surfaces.spec("resnet18", 16).build(), images);
    NetworkSurface surface =
        new NetworkSurface(network, images, Surfaces.batches(1000, 100), Precision.FLOAT32);
    Weights weights = Surfaces.weights(network, "benchmark");
    int products = Integer.parseInt(arguments[0]);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder()
            .setMaxProducts(products)
            .setMaxMemoryMib(Integer.parseInt(arguments[1]))
            .build();
    long start = System.nanoTime();
    CurvaturePanel panel;
    try (SurfaceOperator hessian =
        SurfaceOperator.reusing(
            surface, CurvatureMatrix.hessian(), weights, Long.parseLong(arguments[2]) << 20)) {
      panel = CurvaturePanel.measure(hessian, settings, products, "memory");
      MeasuredPoint point =
          new MeasuredPoint(surface, network, weights, OutputCurvature.SOFTMAX, "memory");
      PointMeasures.STANDARD.stream()
          .filter(measure -> settings.getMeasures().contains(measure.name()))
          .forEach(measure -> measure.at(point));
    }
    System.out.printf(
        Locale.ROOT,
        "%d parameters, %d products in %.0f s, %d vectors in the basis at the end, %d restarts%n",
        network.dimension(),
        panel.products(),
        (System.nanoTime() - start) / 1e9,
        panel.krylov().ritzValues().length,
        panel.krylov().restarts());
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(System.out::println);
    System.out.printf("heap: %d kB%n", Runtime.getRuntime().totalMemory() >> 10);
  }
}
