package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.PrincipalSubmatrix;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Precision;
import dev.terrain.surface.RandomImages;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import dev.terrain.surface.WrongSurface;
import dev.terrain.v1.CurvatureSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a surface whose products cannot be right does to all that is made of them. */
final class WrongProductsTest {
  private static final RandomImages IMAGES = new RandomImages(100, 1, 8, 10, 2);
  private static final CurvatureSettings SETTINGS =
      CurvatureSettings.newBuilder().setMaxProducts(60).build();

  /** A network after some epochs of training on the images. */
  private record Model(Network network, Weights weights) {
    static Model of(String architecture, int width, int epochs) {
      Network network = Surfaces.network(Surfaces.spec(architecture, width).build(), IMAGES);
      return new Model(network, Surfaces.trained(network, IMAGES, "model", epochs, 20, 0));
    }

    LossSurface surface() {
      return new NetworkSurface(
          network, IMAGES, Surfaces.batches(IMAGES.size(), 100), Precision.FLOAT32);
    }

    /** The derivatives by the first array of weights are off by a factor. */
    LossSurface wrong(double factor) {
      return new WrongSurface(surface(), 0, network.parameters().get(0).size(), factor);
    }

    SurfaceOperator operator(LossSurface surface) {
      return new SurfaceOperator(surface, CurvatureMatrix.hessian(), weights);
    }
  }

  private static CurvaturePanel panel(LinearOperator operator) {
    return CurvaturePanel.measure(operator, SETTINGS, SETTINGS.getMaxProducts(), "id");
  }

  private static Stream<CurvatureEstimate> values(CurvaturePanel panel) {
    return Stream.of(
            panel.upper(),
            panel.lower(),
            List.of(
                panel.trace(), panel.frobeniusNorm(), panel.effectiveRank(), panel.negativeMass()))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, 2, 0",
    "mlp, 2, 300",
    "mlp, 16, 100",
    "cnn, 1, 0",
    "cnn, 2, 20",
    "cnn, 3, 60",
    "cnn, 4, 5",
    "resnet18, 1, 0",
    "resnet18, 2, 10"
  })
  void trueSurface_hasNoFlaw(String architecture, int width, int epochs) {
    Model model = Model.of(architecture, width, epochs);
    SurfaceOperator operator = model.operator(model.surface());
    panel(operator);
    assertThat(operator.flaw()).isEmpty();
  }

  /** A quarter of the parameters are dead: products with most vectors are rounding alone. */
  @Test
  void spaceOfDeadParameters_isNoFlaw() {
    Model model = Model.of("cnn", 1, 20);
    SurfaceOperator operator =
        new SurfaceOperator(model.surface(), CurvatureMatrix.gaussNewton(), model.weights());
    CurvatureSettings all =
        CurvatureSettings.newBuilder().setMinSteps(60).setMaxProducts(300).build();
    CurvaturePanel panel = CurvaturePanel.measure(operator, all, 300, "id");
    assertThat(panel.krylov().stop()).isEqualTo(BlockLanczosResult.Stop.SPACE_SPANNED);
    assertThat(operator.flaw()).isEmpty();
  }

  /** The gradients of narrow convolutions were off by 12 to 29 percent, of resnet18 by 1 to 6. */
  @ParameterizedTest
  @CsvSource({
    "cnn, 1, 5, 0.88",
    "cnn, 2, 5, 1.29",
    "cnn, 3, 5, 0.71",
    "cnn, 4, 20, 1.12",
    "resnet18, 1, 5, 0.94",
    "resnet18, 2, 5, 1.06"
  })
  void wrongSurface_makesNoValueOfThePanelCount(
      String architecture, int width, int epochs, double factor) {
    Model model = Model.of(architecture, width, epochs);
    CurvaturePanel panel = panel(model.operator(model.wrong(factor)));
    assertThat(values(panel))
        .allSatisfy(
            estimate -> {
              assertThat(estimate.converged()).isFalse();
              assertThat(estimate.reason()).contains("u'Av and v'Au differ by");
            });
    assertThat(panel.krylov().pairs()).noneMatch(Eigenpair::converged);
    assertThat(panel.isLimitedBy(new ImageLimit(1e-9, 100, 1000)))
        .as("a larger sample would cost products that are as wrong")
        .isFalse();
  }

  @Test
  void wrongSurface_makesNoValueOfTraceDiagonalAndSubmatrixCount() {
    Model model = Model.of("cnn", 2, 5);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder().setDiagonalProducts(40).setMaxProducts(60).build();
    CurvatureTrace trace =
        CurvatureTrace.measure(model.operator(model.wrong(1.3)), settings, 60, "id");
    assertThat(List.of(trace.trace(), trace.frobeniusNorm(), trace.effectiveRank()))
        .noneMatch(CurvatureEstimate::converged);
    CurvatureDiagonal diagonal =
        CurvatureDiagonal.measure(model.operator(model.wrong(1.3)), settings, "id");
    assertThat(diagonal.largest().reason()).contains("u'Av and v'Au differ by");
    LinearOperator some =
        new PrincipalSubmatrix(
            model.operator(model.wrong(1.3)), ParameterSubset.whole(model.network().dimension()));
    assertThat(values(panel(some))).noneMatch(CurvatureEstimate::converged);
  }

  @Test
  void wrongSurface_isSeenByVectorsOneByOneToo() {
    Model model = Model.of("cnn", 2, 5);
    SurfaceOperator wrong = model.operator(model.wrong(1.3));
    PaperCurvature.ofStudy().topEigenvalue(wrong, "id");
    assertThat(wrong.flaw()).isPresent();
    SurfaceOperator right = model.operator(model.surface());
    PaperCurvature.ofStudy().topEigenvalue(right, "id");
    PaperCurvature.ofStudy().trace(right, "id");
    assertThat(right.flaw()).isEmpty();
  }

  /** The limit of what a surface tells by itself. */
  @Test
  void surfaceThatIsWrongSymmetrically_isNotSeen() {
    Model model = Model.of("cnn", 2, 5);
    LossSurface wrong = new WrongSurface(model.surface(), 0, model.network().dimension(), 1.5);
    SurfaceOperator operator = model.operator(wrong);
    panel(operator);
    assertThat(operator.flaw()).isEmpty();
  }
}
