package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The {@link GradientDescent} that PyTorch computes, the weights and the images in its memory from
 * step to step.
 */
public final class NetworkTrainer implements GradientDescent {
  /** Pixels that are normalised once, 64 MiB of them; more stay bytes until their step. */
  private static final long MOST_NORMALISED = 1 << 24;

  private final Optimizer optimizer;
  private final TrainingModule module;
  private final NDManager manager = Torch.newManager();
  private final NDArray images;
  private final NDArray labels;
  private final Map<String, NDArray> vectors = new LinkedHashMap<>();
  private final List<NDArray> state = new ArrayList<>();
  private final int members;

  /**
   * @param members what each member's coefficients are read from, and the state that it begins
   *     with, as {@link #initialArrays} has it; more than one only if {@link #stacks} says so
   */
  public NetworkTrainer(
      Network network, LabelledImages images, Optimizer optimizer, List<Member> members) {
    Torch.prepareThread();
    this.optimizer = optimizer;
    boolean normalised =
        (long) images.size() * images.channels() * images.height() * images.width()
            <= MOST_NORMALISED;
    this.module = new TrainingModule(network, optimizer, images, normalised);
    this.members = members.size();
    ImageLoader loader = new ImageLoader(images, Precision.FLOAT32);
    int[] all = range(images.size());
    this.images =
        normalised
            ? loader.pixels(manager, all).reshape(all.length, -1)
            : loader.bytes(manager, all);
    this.labels = loader.labels(manager, all);
    List<String> names = new ArrayList<>(List.of(THETA, STATISTICS));
    names.addAll(optimizer.buffers());
    for (String name : names) {
      NDArray vector = rows(members.stream().map(member -> member.array(name)).toList());
      vectors.put(name, vector);
      state.add(vector);
    }
    for (String coefficient : optimizer.coefficients()) {
      state.add(column(members, member -> member.number(coefficient)));
    }
  }

  /**
   * A network of the stack.
   *
   * @param spec settings of its training
   * @param arrays its state
   */
  public record Member(ModelSpec spec, Map<String, float[]> arrays) {
    private float[] array(String name) {
      return Objects.requireNonNull(arrays.get(name));
    }

    private double number(String setting) {
      Object value = spec.get(spec.getSchema().getField(setting).pos());
      return ((Number) value).doubleValue();
    }
  }

  /** Whether several networks of this shape can be trained in one stack. */
  public static boolean stacks(Network network) {
    return network.trainingScript().pass().isStacked();
  }

  /** One network with the optimiser of its spec, at the start of a training. */
  public static NetworkTrainer atStart(
      Network network, LabelledImages images, ModelSpec spec, String modelId) {
    Optimizer optimizer = Optimizers.of(spec);
    Member member = new Member(spec, initialArrays(network, optimizer, modelId));
    return new NetworkTrainer(network, images, optimizer, List.of(member));
  }

  /**
   * The state at the start of a training.
   *
   * @param modelId keys the initial weights
   */
  public static Map<String, float[]> initialArrays(
      Network network, Optimizer optimizer, String modelId) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put(THETA, network.initialParameters(modelId));
    optimizer.buffers().forEach(name -> arrays.put(name, new float[network.dimension()]));
    arrays.put(STATISTICS, network.initialStatistics());
    return arrays;
  }

  private NDArray rows(List<float[]> vectors) {
    int length = vectors.get(0).length;
    float[] all = new float[vectors.size() * length];
    for (int s = 0; s < vectors.size(); s++) {
      System.arraycopy(vectors.get(s), 0, all, s * length, length);
    }
    return Vectors.copy(manager.create(all, new Shape(vectors.size(), length)));
  }

  private NDArray column(List<Member> members, ToDoubleFunction<Member> number) {
    float[] numbers = new float[members.size()];
    for (int s = 0; s < numbers.length; s++) {
      numbers[s] = (float) number.applyAsDouble(members.get(s));
    }
    return Vectors.copy(manager.create(numbers, new Shape(numbers.length, 1)));
  }

  private static int[] range(int size) {
    int[] range = new int[size];
    Arrays.setAll(range, i -> i);
    return range;
  }

  @Override
  public List<List<Step>> steps(List<Stretch> stretches) {
    int count = stretches.get(0).batches().length;
    int batch = stretches.get(0).batches()[0].length;
    long[] order = new long[count * members * batch];
    float[] rates = new float[count * members];
    double[] numbers = new double[count * members];
    for (int s = 0; s < members; s++) {
      Stretch stretch = stretches.get(s);
      for (int i = 0; i < count; i++) {
        int place = i * members + s;
        rates[place] = (float) stretch.rates()[i];
        numbers[place] = stretch.number() + i;
        for (int k = 0; k < batch; k++) {
          order[place * batch + k] = stretch.batches()[i][k];
        }
      }
    }
    Shape perStep = new Shape(count, members, 1);
    try (NDManager scope = manager.newSubManager()) {
      double[] seen =
          module
              .train(
                  Vectors.copy(scope.create(order, new Shape(count, members, batch))),
                  images,
                  labels,
                  Vectors.copy(scope.create(rates, perStep)),
                  Vectors.copy(scope.create(numbers, perStep)),
                  state)
              .toDoubleArray();
      List<List<Step>> steps = new ArrayList<>();
      for (int s = 0; s < members; s++) {
        List<Step> own = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          int place = i * members + s;
          own.add(new Step(seen[place], (int) seen[count * members + place]));
        }
        steps.add(own);
      }
      return steps;
    }
  }

  @Override
  public float[] array(int member, String name) {
    NDArray vector = vectors.get(name);
    if (vector == null) {
      throw new IllegalArgumentException(
          "optimizer %s has no buffer '%s'; it has %s"
              .formatted(optimizer.name(), name, optimizer.buffers()));
    }
    try (NDArray row = vector.get(member)) {
      return row.toFloatArray();
    }
  }

  @Override
  public Map<String, float[]> arrays(int member) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put(THETA, array(member, THETA));
    optimizer.buffers().forEach(name -> arrays.put(name, array(member, name)));
    arrays.put(STATISTICS, array(member, STATISTICS));
    return arrays;
  }

  @Override
  public void close() {
    manager.close();
    module.close();
  }
}
