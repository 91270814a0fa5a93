package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.model.ParameterSlot.Start;
import dev.terrain.random.CounterRandom;
import dev.terrain.v1.ModelSpec;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network f(x; θ, s): the logits of images x as a function of one flat vector θ of trainable
 * parameters and one flat vector s of batch-norm statistics. It holds no weights, and several
 * threads may use it at once.
 */
public final class Network {
  /**
   * Name of the forward option (a Float in [0, 1]) that sets the batch's share in new running
   * statistics.
   */
  static final String RUNNING_SHARE_OPTION = "running_share";

  private final FlatBlock block;
  private final List<ParameterSlot> parameters;
  private final List<ParameterSlot> statistics;

  private Network(FlatBlock block, ParameterLayout layout) {
    this.block = block;
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

  /** The network of a block whose layers have declared their parameters in a layout. */
  public static Network of(FlatBlock block, ParameterLayout layout) {
    return new Network(block, layout);
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
    return block.valuesPerNormalisedChannel();
  }

  private static int size(List<ParameterSlot> slots) {
    return slots.isEmpty() ? 0 : ParameterLayout.end(slots.get(slots.size() - 1));
  }

  /**
   * The logits of a batch.
   *
   * @param store where the views of θ and s are
   * @param images normalised pixels (n, channels, height, width)
   * @param training whether batch norm uses and records the statistics of the batch
   * @return (n, classes)
   */
  public NDArray logits(ParameterStore store, NDArray images, boolean training) {
    return block.forward(store, images, training, null);
  }

  /**
   * Runs a batch in train mode so that the statistics in the store become those of this batch
   * alone.
   */
  public void recordStatistics(ParameterStore store, NDArray images) {
    PairList<String, Object> options = new PairList<>();
    options.add(RUNNING_SHARE_OPTION, 1f);
    block.forward(store, images, true, options);
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
