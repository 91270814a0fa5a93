package dev.terrain.model;

import dev.terrain.v1.ModelSpec;
import java.util.Set;

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

  private static final class Landscape implements Layer {
    private final Ruggedness ruggedness;
    private final int classes;
    private final ParameterSlot place;

    Landscape(ParameterLayout layout, Ruggedness ruggedness, int classes) {
      this.ruggedness = ruggedness;
      this.classes = classes;
      place = layout.uniform("landscape.weight", FAN_IN, 1);
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = pass.array(place);
      Value pixels = pass.flatten(input);
      Value black = pixel(pass, pixels, 3);
      Value span = pass.elementwise("torch.sub(%s, %s)", pixel(pass, pixels, 4), black);
      Value difficulty =
          pass.elementwise(
              "torch.mul(%%s, %s)".formatted(Pass.number(255.0 / 256)),
              share(pass, pixels, 0, black, span));
      Value pull = share(pass, pixels, 1, black, span);
      Value rippled = share(pass, pixels, 2, black, span);

      Value landscape = pass.elementwise("torch.mul(%s, %s)", rippled, ruggedness.at(pass, x));
      Value loss =
          pass.elementwise("torch.add(%s, torch.mul(torch.mul(%s, %s), 0.5))", landscape, x, x);
      Value base =
          pass.elementwise(
              "torch.add(torch.mul(%%s, %s), %s)"
                  .formatted(Pass.number(spread()), Pass.number(BASE - spread() / 2)),
              difficulty);
      Value noise =
          pass.elementwise(
              "torch.mul(torch.sub(torch.mul(%%s, %s), %s), %%s)"
                  .formatted(Pass.number(2 * NOISE), Pass.number(NOISE)),
              pull,
              x);
      Value own = pass.elementwise("torch.add(torch.add(%s, %s), %s)", loss, base, noise);
      Value rival =
          pass.elementwise(
              "torch.mul(torch.tanh(torch.mul(torch.sub(%%s, torch.mul(%%s, %s)), %s)), %s)"
                  .formatted(
                      Pass.number(HIGHEST_THRESHOLD),
                      Pass.number(1 / THRESHOLD_SCALE),
                      Pass.number(MARGIN)),
              loss,
              difficulty);
      Value rest =
          pass.elementwise(
              "torch.sub(torch.log(torch.sub(torch.sub(torch.exp(%%s), 1.), torch.exp(%%s))), %s)"
                  .formatted(Pass.number(Math.log(classes - 2.0))),
              own,
              rival);
      return pass.unstacked(
          "torch.cat([torch.zeros_like(%%s), %%s, torch.repeat(%%s, [1, %d])], 1)"
              .formatted(classes - 2),
          rival,
          rival,
          rest);
    }

    private static Value pixel(Pass pass, Value pixels, int position) {
      return pass.unstacked(
          "torch.slice(%%s, 1, %d, %d)".formatted(position, position + 1), pixels);
    }

    /** Where a pixel lies between black and white. */
    private static Value share(Pass pass, Value pixels, int position, Value black, Value span) {
      return pass.elementwise(
          "torch.div(torch.sub(%s, %s), %s)", pixel(pass, pixels, position), black, span);
    }

    /** Of c_i from the easiest to the hardest image: √12 times their standard deviation s/q. */
    private static double spread() {
      return Math.sqrt(12) * NOISE / SENSITIVITY;
    }
  }
}
