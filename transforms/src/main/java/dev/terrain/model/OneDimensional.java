package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.v1.ModelSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network of one parameter x whose loss is a landscape known in closed form: on the images of the
 * data set {@code one-dimensional} the mean cross-entropy is κ + L(x), L(x) = x²/2 + r Σ_k a_k (1 +
 * cos(w_k x + φ_k)), with {@link Ruggedness ripples} of strength r = 0.02/width.
 *
 * <p>The right class of image i has the probability exp(-ℓ_i), ℓ_i = κ + L(x) + c_i + s ξ_i x: c_i
 * and the sign ξ_i, both of mean 0 over the images, make easy and hard ones and the noise of
 * batches. A rival class has exp(δ tanh((L(x) - h_i)/h)) times as much, and so wins from L(x) &gt;
 * h_i on: the training error is the share of thresholds h_i below L(x), linear in L up to {@value
 * #HIGHEST_THRESHOLD}. The other classes share the rest.
 *
 * <p>Constants: κ = 1.5, s = 1.2, δ = 0.02, h = 0.01; c_i uniform with standard deviation s/40.
 * Then ℓ_i &gt; ln(1 + exp δ) for all x, so that every probability is positive.
 */
final class OneDimensional implements Architecture {
  private static final String NAME = "one-dimensional";

  /** r of width 1. */
  private static final double STRENGTH = 0.02;

  /** Starts lie in [-¼, ¼]. */
  private static final int FAN_IN = 16;

  /** Difficulty, direction, ripples, black, white. */
  private static final int PIXELS = 5;

  private static final int FEWEST_CLASSES = 8;

  private static final double BASE = 1.5;
  private static final double NOISE = 1.2;
  private static final double SENSITIVITY = 40;
  private static final double MARGIN = 0.02;
  private static final double HIGHEST_THRESHOLD = 0.025;
  private static final double THRESHOLD_SCALE = 0.01;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("width");
  }

  @Override
  public Network network(ModelSpec spec, ImageShape shape) {
    if (shape.pixels() != PIXELS || shape.classes() < FEWEST_CLASSES) {
      throw new IllegalArgumentException(
          "%s needs images of %d pixels and at least %d classes, as the data set %s has, not %d pixels and %d classes"
              .formatted(NAME, PIXELS, FEWEST_CLASSES, NAME, shape.pixels(), shape.classes()));
    }
    ParameterLayout layout = new ParameterLayout();
    return Network.of(
        new Landscape(layout, new Ruggedness(STRENGTH / spec.getWidth()), shape.classes()), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    return Ruggedness.count();
  }

  private static final class Landscape extends FlatBlock {
    private final Ruggedness ruggedness;
    private final int classes;
    private final Parameter place;

    Landscape(ParameterLayout layout, Ruggedness ruggedness, int classes) {
      this.ruggedness = ruggedness;
      this.classes = classes;
      place =
          addParameter(
              layout.uniform("landscape.weight", Parameter.Type.WEIGHT, new Shape(1), FAN_IN));
    }

    @Override
    public NDArray forward(
        ParameterStore store,
        NDArray input,
        boolean training,
        @Nullable PairList<String, Object> options) {
      NDManager scope = input.getManager();
      NDArray x = store.getValue(place, input.getDevice(), training);
      NDList pixels = input.reshape(-1, PIXELS).split(PIXELS, 1);
      NDArray black = pixels.get(3);
      NDArray span = pixels.get(4).sub(black);
      NDArray difficulty = pixels.get(0).sub(black).div(span).mul(255.0 / 256);
      NDArray noise = pixels.get(1).sub(black).div(span).mul(2 * NOISE).sub(NOISE);
      NDArray rippled = pixels.get(2).sub(black).div(span);

      DataType type = x.getDataType();
      NDArray loss =
          rippled
              .mul(ruggedness.at(x, scope))
              .add(x.mul(x).mul(Ruggedness.constant(scope, type, 0.5)));
      NDArray own = loss.add(difficulty.mul(spread()).add(BASE - spread() / 2)).add(noise.mul(x));
      NDArray rival =
          loss.sub(difficulty.mul(HIGHEST_THRESHOLD))
              .mul(Ruggedness.constant(scope, type, 1 / THRESHOLD_SCALE))
              .tanh()
              .mul(Ruggedness.constant(scope, type, MARGIN));
      NDArray rest = own.exp().sub(1).sub(rival.exp()).log().sub(Math.log(classes - 2.0));
      return NDArrays.concat(new NDList(rival.zerosLike(), rival, rest.repeat(1, classes - 2L)), 1);
    }

    /** Of c_i from the easiest to the hardest image: √12 times their standard deviation s/q. */
    private static double spread() {
      return Math.sqrt(12) * NOISE / SENSITIVITY;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }
  }
}
