package dev.terrain.curvature.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureMatrix.Kind;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters that the loss does not depend on, and those that a measure leaves out. */
final class UnusedParametersTest {
  private static final RandomImages IMAGES = new RandomImages(7, 1, 3, 3, 6);

  private static NetworkSurface surface(Network network) {
    return surface(network, IMAGES);
  }

  private static NetworkSurface surface(Network network, RandomImages images) {
    return new NetworkSurface(network, images, Surfaces.batches(7, 3), Precision.FLOAT64);
  }

  private static double[][] identity(int d) {
    return MatrixUtils.createRealIdentityMatrix(d).getData();
  }

  private static CurvatureMatrix matrix(Kind kind) {
    return new CurvatureMatrix(kind, kind == Kind.SAMPLED_FISHER ? "labels" : "", 0);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLayerThatTheNetworkDoesNotUse_hasZeroRowsAndColumns(Kind kind) {
    Network network = LinearNetworks.withUnusedLayer(2, 9, 2, 3);
    ParameterSubset unused = ParameterSubset.named(network, "unused");
    Weights weights = Surfaces.weights(network, "unused");
    int d = network.dimension();

    double[][] rows =
        new SurfaceOperator(surface(network), matrix(kind), weights).apply(identity(d));

    assertThat(unused.size()).isEqualTo(6);
    assertThat(unused.restrict(surface(network).gradient(weights).gradient())).containsOnly(0);
    for (int i = 0; i < d; i++) {
      assertThat(unused.restrict(rows[i])).containsOnly(0);
    }
    double[] places = unused.extend(new double[] {1, 1, 1, 1, 1, 1});
    for (int i = 0; i < d; i++) {
      if (places[i] == 1) {
        assertThat(rows[i]).containsOnly(0);
      }
    }
    assertThat(rows[0]).isNotEqualTo(new double[d]);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aUnitThatNoImageActivates_hasZeroRows(Kind kind) {
    Network network = Surfaces.mlp(IMAGES, 4);
    Weights weights = Surfaces.weights(network, "dead");
    // θ = (W1 4 x 9, b1 4, W2 3 x 4, b2 3).
    weights.theta()[4 * 9] = -1000;

    double[][] rows =
        new SurfaceOperator(surface(network), matrix(kind), weights)
            .apply(identity(network.dimension()));

    for (int i = 0; i < 9; i++) {
      assertThat(rows[i]).containsOnly(0);
    }
    assertThat(rows[4 * 9]).containsOnly(0);
    assertThat(rows[4 * 9 + 4]).as("its outgoing weight").containsOnly(0);
    assertThat(rows[9]).isNotEqualTo(new double[network.dimension()]);
  }

  @Test
  void frozenParameters_haveZeroRowsInTheWholeSpaceAndTheOthersTheirOwn() {
    RandomImages images = new RandomImages(7, 1, 4, 3, 6);
    Network network = Surfaces.network(Surfaces.spec("cnn", 2).build(), images);
    Weights weights = Surfaces.weights(network, "frozen");
    int d = network.dimension();
    ParameterSubset free = ParameterSubset.named(network, "conv2", "fc");
    SurfaceOperator hessian =
        new SurfaceOperator(surface(network, images), CurvatureMatrix.hessian(), weights);
    double[][] all = hessian.apply(identity(d));
    LinearOperator block = new PrincipalSubmatrix(hessian, free);
    double[] places = new double[free.size()];
    Arrays.fill(places, 1);
    double[] isFree = free.extend(places);

    double[][] rows =
        block.apply(Arrays.stream(identity(d)).map(free::restrict).toArray(double[][]::new));
    for (int i = 0; i < d; i++) {
      double[] row = free.extend(rows[i]);
      for (int j = 0; j < d; j++) {
        double expected = isFree[i] * isFree[j] * all[i][j];
        assertThat(row[j]).as("entry %s, %s", i, j).isCloseTo(expected, within(1e-14));
      }
    }
  }
}
