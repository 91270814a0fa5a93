package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * θ'Fθ of a ReLU net of L layers without bias from products with F against the closed forms from
 * the outputs: L² E⟨∂ℓ/∂f, f⟩² with labels of the data, L² E_x Var_{y∼p} f_y with those of the
 * model.
 */
final class FisherRaoDepthTest {
  private static final RandomImages IMAGES = new RandomImages(9, 1, 4, 3, 8);

  private static Weights withoutBias(Network network) {
    double[] theta = Surfaces.gaussian(network.dimension(), "depth");
    for (ParameterSlot slot : network.parameters()) {
      if (slot.name().endsWith(".bias")) {
        Arrays.fill(theta, slot.offset(), slot.offset() + slot.size(), 0);
      }
    }
    return new Weights(theta, new double[0]);
  }

  private static double[] softmax(double[] f) {
    double largest = Arrays.stream(f).max().orElseThrow();
    double[] p = Arrays.stream(f).map(x -> Math.exp(x - largest)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void fisherRaoNorm_growsWithTheSquareOfTheDepth(int layers) {
    Network network =
        Surfaces.mlp(IMAGES, Collections.nCopies(layers - 1, 5).toArray(Integer[]::new));
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(9, 4), Precision.FLOAT64);
    Weights weights = withoutBias(network);
    double[][] outputs = surface.outputs(weights);
    double ofData = 0;
    double ofModel = 0;
    for (int n = 0; n < 9; n++) {
      double[] f = outputs[n];
      double[] p = softmax(f);
      double mean = OrthonormalBasis.dot(p, f);
      ofData += layers * layers * Math.pow(mean - f[IMAGES.label(n)], 2) / 9;
      for (int s = 0; s < 3; s++) {
        ofModel += layers * layers * p[s] * Math.pow(f[s] - mean, 2) / 9;
      }
    }

    assertThat(norm(surface, CurvatureMatrix.empiricalFisher(), weights))
        .isCloseTo(ofData, within(1e-10 * ofData));
    assertThat(norm(surface, CurvatureMatrix.fisher(), weights))
        .isCloseTo(ofModel, within(1e-10 * ofModel));
  }

  private static double norm(NetworkSurface surface, CurvatureMatrix matrix, Weights weights) {
    return FisherRaoNorm.measure(new SurfaceOperator(surface, matrix, weights), weights.theta())
        .value();
  }
}
