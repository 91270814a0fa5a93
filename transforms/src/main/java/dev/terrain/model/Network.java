package dev.terrain.model;

import dev.terrain.model.ParameterSlot.Start;
import dev.terrain.random.CounterRandom;
import dev.terrain.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network f(x; θ, s): the logits of images x as a function of one flat vector θ of trainable
 * parameters and one flat vector s of batch-norm statistics. It holds no weights, and several
 * threads may use it at once.
 */
public final class Network {
  /** Variable of the parameters θ. */
  public static final String THETA = "theta";

  /** Variable of the batch-norm statistics. */
  public static final String STATISTICS = "statistics";

  /** Variable of the images. */
  public static final String INPUT = "x";

  private final Layer root;
  private final List<ParameterSlot> parameters;
  private final List<ParameterSlot> statistics;

  /**
   * A forward pass.
   *
   * @param pass its statements
   * @param outputs the logits
   */
  public record Script(Pass pass, Value outputs) {}

  private Network(Layer root, ParameterLayout layout) {
    this.root = root;
    this.parameters = layout.trainable();
    this.statistics = layout.statistics();
  }

  /**
   * The network of a spec for images of a shape.
   *
   * @throws IllegalArgumentException if the architecture is unknown, or the images are too small
   *     for it
   * @throws ArithmeticException if it has more than 2^31 - 1 parameters
   */
  public static Network of(ModelSpec spec, ImageShape shape) {
    return Architectures.of(spec).network(spec, shape);
  }

  /** The network of a layer that has declared its parameters in a layout. */
  public static Network of(Layer root, ParameterLayout layout) {
    return new Network(root, layout);
  }

  /** The trainable parameters in the order in which they lie in θ. */
  public List<ParameterSlot> parameters() {
    return parameters;
  }

  /** The batch-norm statistics in the order in which they lie in s; empty without batch norm. */
  public List<ParameterSlot> statistics() {
    return statistics;
  }

  /** Length d of θ. */
  public int dimension() {
    return size(parameters);
  }

  /** Length of s. */
  public int statisticsSize() {
    return size(statistics);
  }

  /**
   * The fewest values that an image has in a channel where batch norm takes its statistics: with 1,
   * a batch of one image has no variance and cannot be trained on. Empty without batch norm.
   */
  public OptionalInt valuesPerNormalisedChannel() {
    return root.valuesPerNormalisedChannel();
  }

  private static int size(List<ParameterSlot> slots) {
    return slots.isEmpty() ? 0 : ParameterLayout.end(slots.get(slots.size() - 1));
  }

  /**
   * The forward pass of one network: variables {@value #THETA} (d), {@value #STATISTICS} and
   * {@value #INPUT}, normalised pixels (n, channels, height, width), to logits (n, classes).
   */
  public Script script(Pass.Mode mode) {
    Pass pass = new Pass(mode, false);
    pass.declare(THETA, parameters);
    return finished(pass);
  }

  /**
   * The forward pass in train mode, {@value #THETA} a list of the parameter arrays. It is that of a
   * stack of S networks of this shape: arrays (S, …), {@value #INPUT} (S, n, …), logits (S, n,
   * classes). Only if it has an operation that is not defined for stacks, or a matrix of one row or
   * column, it is that of one network: products with such a matrix are rounded otherwise in a
   * stack.
   */
  public Script trainingScript() {
    Script stacked = trainingScript(true);
    boolean thin = parameters.stream().anyMatch(Network::isThin);
    return stacked.pass().isStackable() && !thin ? stacked : trainingScript(false);
  }

  private Script trainingScript(boolean stacked) {
    Pass pass = new Pass(Pass.Mode.TRAIN, stacked);
    pass.declareList(THETA, parameters);
    return finished(pass);
  }

  private Script finished(Pass pass) {
    pass.declare(STATISTICS, statistics);
    return new Script(pass, root.forward(pass, new Value(INPUT)));
  }

  private static boolean isThin(ParameterSlot slot) {
    int[] lengths = slot.lengths();
    return lengths.length > 1 && Arrays.stream(lengths).anyMatch(length -> length == 1);
  }

  /**
   * Initial parameters: PyTorch's default of each layer, drawn from the streams (id,
   * "initialisation", position of the array).
   *
   * @param id the model's identity
   * @return θ, each element a float32 value
   */
  public float[] initialParameters(String id) {
    return start(parameters, id, "initialisation", false);
  }

  /** Statistics before any training: means 0, variances 1. */
  public float[] initialStatistics() {
    return start(statistics, "", "", false);
  }

  /**
   * A random control point of a curve as the study's code leaves it: weights and biases as at the
   * start of training, scales of batch norm uniform in [0, 1), shifts 0.
   *
   * @param id the pair's identity
   */
  public float[] randomControlPoint(String id) {
    return start(parameters, id, "control point", true);
  }

  private static float[] start(
      List<ParameterSlot> slots, String id, String purpose, boolean uniformScales) {
    float[] values = new float[size(slots)];
    for (int i = 0; i < slots.size(); i++) {
      ParameterSlot slot = slots.get(i);
      CounterRandom random = CounterRandom.of(id, purpose, i);
      for (int j = slot.offset(); j < slot.offset() + slot.size(); j++) {
        if (slot.start() == Start.UNIFORM) {
          values[j] = (float) (slot.bound() * (2 * random.nextDouble() - 1));
        } else if (slot.start() == Start.ONE) {
          values[j] = uniformScales ? (float) random.nextDouble() : 1;
        }
      }
    }
    return values;
  }
}
