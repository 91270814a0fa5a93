package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.model.Pass;
import dev.terrain.surface.CurvatureMatrix.Kind;
import java.util.Arrays;

/**
 * The {@link LossSurface} of a network over a sample of images, computed by PyTorch: gradients by
 * reverse-mode automatic differentiation, Hessian-vector products by reverse over reverse, products
 * with the other curvatures by the outputs' directional derivative (the reverse of the reverse,
 * which is linear in its cotangent) and one reverse pass; batch by batch, and for all vectors of a
 * block from one graph of the batch.
 *
 * <p>Calls on one instance must not overlap; instances are independent. Native memory is freed
 * before a call returns.
 */
public final class NetworkSurface implements LossSurface {
  /** Bounds the memory of one forward pass. */
  private static final int MIXED_BATCH = 128;

  private final Network network;
  private final String script;
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
   * @throws IllegalArgumentException if a position is missing, met twice or not in the sample
   */
  public NetworkSurface(
      Network network, LabelledImages images, int[][] batches, Precision precision) {
    this(network, images, batches, precision, Loss.CROSS_ENTROPY);
  }

  /** The surface of any of the losses. */
  public NetworkSurface(
      Network network, LabelledImages images, int[][] batches, Precision precision, Loss loss) {
    this.network = network;
    this.script = NetworkModule.source(network);
    this.images = images;
    this.batches = Partition.of(batches, images.size());
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
  public int[] batchSizes() {
    return Arrays.stream(batches).mapToInt(batch -> batch.length).toArray();
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    double[] losses = new double[images.size()];
    boolean[] correct = new boolean[images.size()];
    try (PlacedWeights placed = place(weights)) {
      for (int[] batch : batches) {
        try (NDManager scope = placed.manager().newSubManager()) {
          NDArray outputs = placed.outputs(scope, batch);
          NDArray labels = loader.labels(scope, batch);
          NDList result =
              AutogradModule.get().evaluate(loss.ofEach(outputs, labels), outputs, labels);
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
  public double[][] outputs(Weights weights) {
    double[][] outputs = new double[images.size()][];
    try (PlacedWeights placed = place(weights)) {
      for (int[] batch : batches) {
        try (NDManager scope = placed.manager().newSubManager()) {
          double[] part = Vectors.download(placed.outputs(scope, batch));
          int size = part.length / batch.length;
          for (int i = 0; i < batch.length; i++) {
            outputs[batch[i]] = Arrays.copyOfRange(part, i * size, (i + 1) * size);
          }
        }
      }
    }
    return outputs;
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    double mean = 0;
    double[] gradient = new double[dimension()];
    try (PlacedWeights placed = placeDifferentiable(weights)) {
      for (int b = 0; b < batches.length; b++) {
        int[] batch = batches[b];
        double weight = (double) batch.length / images.size();
        try (NDManager scope = placed.manager().newSubManager()) {
          NDArray outputs = placed.outputs(scope, batch);
          LossGradient part = lossGradient(scope, outputs, batch, placed.theta());
          mean += weight * part.loss();
          Vectors.addScaled(gradient, weight, part.gradient());
          listener.onBatch(b, new double[][] {part.gradient()});
        }
      }
    }
    return new LossGradient(mean, gradient);
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    try (CurvatureProducts products = curvature(matrix, weights, 0)) {
      return products.of(block, listener);
    }
  }

  @Override
  public CurvatureProducts curvature(CurvatureMatrix matrix, Weights weights, long graphBytes) {
    ProductForm form = ProductForm.of(matrix.kind(), loss);
    PlacedWeights placed = placeDifferentiable(weights);
    return new BatchGraphs(
        placed,
        vectors,
        batchSizes(),
        b ->
            new BatchGraph(
                placed, form, batches[b], outputs -> losses(matrix, batches[b], outputs)),
        graphBytes);
  }

  private NDArray losses(CurvatureMatrix matrix, int[] batch, NDArray outputs) {
    return matrix.kind() == Kind.SAMPLED_FISHER
        ? ((LikelihoodLoss) loss)
            .ofDrawnLabels(outputs, new LabelDraw(matrix, images.size()), batch)
        : losses(batch, outputs);
  }

  private NDArray losses(int[] batch, NDArray outputs) {
    return loss.ofEach(outputs, loader.labels(outputs.getManager(), batch));
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    Weights weights = new Weights(theta, widen(network.initialStatistics()));
    try (PlacedWeights placed = placeDifferentiable(weights)) {
      NDManager scope = placed.manager();
      NDArray outputs = placed.outputs(Pass.Mode.TRAIN, loader.pixels(scope, examples));
      return lossGradient(scope, outputs, examples, placed.theta());
    }
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    double[] estimate = new double[network.statisticsSize()];
    if (estimate.length == 0) {
      return estimate;
    }
    try (PlacedWeights placed = place(new Weights(theta, estimate))) {
      for (int[] batch : batches) {
        try (NDManager scope = placed.manager().newSubManager()) {
          placed.outputs(Pass.Mode.RECORD, loader.pixels(scope, batch));
          Vectors.addScaled(
              estimate,
              (double) batch.length / images.size(),
              Vectors.download(placed.statistics()));
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
    try (PlacedWeights placed = place(weights)) {
      for (int from = 0; from < first.length; from += MIXED_BATCH) {
        int to = Math.min(first.length, from + MIXED_BATCH);
        try (NDManager scope = placed.manager().newSubManager()) {
          NDArray lambda =
              vectors.upload(scope, Arrays.copyOfRange(share, from, to)).reshape(-1, 1, 1, 1);
          NDArray one = loader.pixels(scope, Arrays.copyOfRange(first, from, to));
          NDArray other = loader.pixels(scope, Arrays.copyOfRange(second, from, to));
          NDArray mixed = one.mul(lambda).add(other.mul(lambda.neg().add(1)));
          NDArray logits = placed.outputs(Pass.Mode.EVALUATE, mixed);
          double[] part = AutogradModule.get().probabilities(logits).toDoubleArray();
          System.arraycopy(part, 0, probabilities, from * images.classes(), part.length);
        }
      }
    }
    return probabilities;
  }

  private LossGradient lossGradient(
      NDManager scope, NDArray outputs, int[] examples, NDArray theta) {
    NDArray labels = loader.labels(scope, examples);
    NDList result =
        AutogradModule.get().lossGradient(loss.ofEach(outputs, labels), outputs, labels, theta);
    return new LossGradient(result.get(0).toDoubleArray()[0], Vectors.download(result.get(1)));
  }

  private PlacedWeights place(Weights weights) {
    return new PlacedWeights(script, loader, vectors, weights);
  }

  private PlacedWeights placeDifferentiable(Weights weights) {
    return PlacedWeights.differentiable(script, loader, vectors, weights);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
