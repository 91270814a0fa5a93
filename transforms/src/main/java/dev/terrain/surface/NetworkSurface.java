package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import java.util.Arrays;

/**
 * The {@link LossSurface} of a network over a sample of images, computed by PyTorch: gradients by
 * reverse-mode automatic differentiation, Hessian-vector products by reverse over reverse (about
 * two gradients each), batch by batch.
 *
 * <p>Calls on one instance must not overlap; instances are independent. Native memory is freed
 * before a call returns.
 */
public final class NetworkSurface implements LossSurface {
  /** Bounds the memory of one forward pass. */
  private static final int MIXED_BATCH = 128;

  private final Network network;
  private final LabelledImages images;
  private final int[][] batches;
  private final Loss loss;
  private final ImageLoader loader;
  private final Vectors vectors;

  /**
   * The surface of the cross-entropy.
   *
   * @param images the sample
   * @param batches positions in the sample: how a pass over it is cut. Together they must hold each
   *     position once
   * @param precision in which the network computes
   */
  public NetworkSurface(
      Network network, LabelledImages images, int[][] batches, Precision precision) {
    this(network, images, batches, precision, Loss.CROSS_ENTROPY);
  }

  /** The surface of any of the losses. */
  public NetworkSurface(
      Network network, LabelledImages images, int[][] batches, Precision precision, Loss loss) {
    this.network = network;
    this.images = images;
    this.batches = batches;
    this.loss = loss;
    this.loader = new ImageLoader(images, precision);
    this.vectors = new Vectors(precision);
    Torch.prepareThread();
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public int examples() {
    return images.size();
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    double[] losses = new double[images.size()];
    boolean[] correct = new boolean[images.size()];
    try (Session session = new Session(weights)) {
      for (int[] batch : batches) {
        try (NDManager scope = session.manager.newSubManager()) {
          NDArray logits = session.logits(scope, batch);
          NDList result = AutogradModule.get().evaluate(logits, loader.targets(scope, batch, loss));
          double[] batchLosses = result.get(0).toDoubleArray();
          byte[] hits = result.get(1).toByteArray();
          for (int i = 0; i < batch.length; i++) {
            losses[batch[i]] = batchLosses[i];
            correct[batch[i]] = hits[i] != 0;
          }
        }
      }
    }
    return new Evaluation(losses, correct);
  }

  @Override
  public LossGradient gradient(Weights weights) {
    double mean = 0;
    double[] gradient = new double[dimension()];
    try (Session session = new Session(weights)) {
      session.theta.setRequiresGradient(true);
      for (int[] batch : batches) {
        double weight = (double) batch.length / images.size();
        try (NDManager scope = session.manager.newSubManager()) {
          NDArray logits = session.logits(scope, batch);
          LossGradient part = lossGradient(scope, logits, batch, session.theta);
          mean += weight * part.loss();
          addScaled(gradient, weight, part.gradient());
        }
      }
    }
    return new LossGradient(mean, gradient);
  }

  @Override
  public HessianProduct hessianProduct(Weights weights, double[] v) {
    double[] product = new double[dimension()];
    double[] forms = new double[batches.length];
    int[] sizes = new int[batches.length];
    try (Session session = new Session(weights)) {
      session.theta.setRequiresGradient(true);
      NDArray direction = vectors.upload(session.manager, v);
      for (int b = 0; b < batches.length; b++) {
        int[] batch = batches[b];
        sizes[b] = batch.length;
        try (NDManager scope = session.manager.newSubManager()) {
          NDArray logits = session.logits(scope, batch);
          NDArray result =
              AutogradModule.get()
                  .hessianProduct(
                      logits, loader.targets(scope, batch, loss), session.theta, direction);
          double[] part = Vectors.download(result);
          forms[b] = dot(v, part);
          addScaled(product, (double) batch.length / images.size(), part);
        }
      }
    }
    return new HessianProduct(product, forms, sizes);
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    try (Session session = new Session(new Weights(theta, widen(network.initialStatistics())))) {
      session.theta.setRequiresGradient(true);
      FlatParameters parameters = session.parameters(session.manager);
      NDArray logits = network.logits(parameters, loader.pixels(session.manager, examples), true);
      return lossGradient(session.manager, logits, examples, session.theta);
    }
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    double[] estimate = new double[network.statisticsSize()];
    if (estimate.length == 0) {
      return estimate;
    }
    try (Session session = new Session(new Weights(theta, estimate))) {
      for (int[] batch : batches) {
        try (NDManager scope = session.manager.newSubManager()) {
          network.recordStatistics(session.parameters(scope), loader.pixels(scope, batch));
          addScaled(
              estimate,
              (double) batch.length / images.size(),
              Vectors.download(session.statistics));
        }
      }
    }
    return estimate;
  }

  /**
   * The class probabilities (softmax) of mixed images λ x_i + (1 − λ) x_j in eval mode.
   *
   * @param first positions i
   * @param second positions j
   * @param share λ of each
   * @return probabilities, row-major, {@code first.length} rows of one column a class
   */
  public double[] mixedProbabilities(Weights weights, int[] first, int[] second, double[] share) {
    double[] probabilities = new double[first.length * images.classes()];
    try (Session session = new Session(weights)) {
      for (int from = 0; from < first.length; from += MIXED_BATCH) {
        int to = Math.min(first.length, from + MIXED_BATCH);
        try (NDManager scope = session.manager.newSubManager()) {
          NDArray lambda =
              vectors.upload(scope, Arrays.copyOfRange(share, from, to)).reshape(-1, 1, 1, 1);
          NDArray one = loader.pixels(scope, Arrays.copyOfRange(first, from, to));
          NDArray other = loader.pixels(scope, Arrays.copyOfRange(second, from, to));
          NDArray mixed = one.mul(lambda).add(other.mul(lambda.neg().add(1)));
          NDArray logits = network.logits(session.parameters(scope), mixed, false);
          double[] part = AutogradModule.get().probabilities(logits).toDoubleArray();
          System.arraycopy(part, 0, probabilities, from * images.classes(), part.length);
        }
      }
    }
    return probabilities;
  }

  private LossGradient lossGradient(
      NDManager scope, NDArray logits, int[] examples, NDArray theta) {
    NDList result =
        AutogradModule.get().lossGradient(logits, loader.targets(scope, examples, loss), theta);
    return new LossGradient(result.get(0).toDoubleArray()[0], Vectors.download(result.get(1)));
  }

  private static void addScaled(double[] sum, double scale, double[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * part[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The weights of one call in the engine's memory. */
  private final class Session implements AutoCloseable {
    private final NDManager manager = Torch.newManager();
    private final NDArray theta;
    private final NDArray statistics;

    Session(Weights weights) {
      Torch.prepareThread();
      theta = vectors.upload(manager, weights.theta());
      statistics = vectors.upload(manager, weights.statistics());
    }

    FlatParameters parameters(NDManager scope) {
      return new FlatParameters(scope, network, theta, statistics);
    }

    NDArray logits(NDManager scope, int[] batch) {
      return network.logits(parameters(scope), loader.pixels(scope, batch), false);
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
