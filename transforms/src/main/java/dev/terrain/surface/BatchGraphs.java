package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.terrain.surface.LossSurface.BatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Products with a curvature batch by batch. The graphs of the first batches are kept from block to
 * block, as many as fit into the memory given; those of the others are made anew each time, which
 * gives the same bits.
 */
final class BatchGraphs implements CurvatureProducts {
  private final PlacedWeights weights;
  private final Vectors vectors;
  private final int[] batchSizes;
  private final IntFunction<BatchGraph> builder;
  private final List<BatchGraph> kept = new ArrayList<>();
  private long room;

  /**
   * @param weights closed with this
   * @param builder makes the graph of the batch with a number
   * @param room bytes of native memory for graphs
   */
  BatchGraphs(
      PlacedWeights weights,
      Vectors vectors,
      int[] batchSizes,
      IntFunction<BatchGraph> builder,
      long room) {
    this.weights = weights;
    this.vectors = vectors;
    this.batchSizes = batchSizes;
    this.builder = builder;
    this.room = room;
  }

  @Override
  public double[][] of(double[][] block, BatchListener listener) {
    Torch.prepareThread();
    int dimension = Math.toIntExact(weights.theta().size());
    double[][] sums = new double[block.length][dimension];
    if (block.length == 0) {
      return sums;
    }
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    try (NDManager scope = weights.manager().newSubManager()) {
      List<NDArray> directions = new ArrayList<>();
      for (double[] v : block) {
        NDArray direction = vectors.upload(scope, v);
        direction.setName(AutogradModule.VECTOR);
        directions.add(direction);
      }
      for (int b = 0; b < batchSizes.length; b++) {
        double[][] products = batchProducts(b, directions);
        for (int i = 0; i < block.length; i++) {
          Vectors.addScaled(sums[i], batchSizes[b] / examples, products[i]);
        }
        listener.onBatch(b, products);
      }
    }
    return sums;
  }

  private double[][] batchProducts(int batch, List<NDArray> directions) {
    if (batch < kept.size()) {
      return kept.get(batch).products(directions);
    }
    BatchGraph graph = builder.apply(batch);
    boolean fits = batch == kept.size() && graph.bytes() <= room;
    try {
      double[][] products = graph.products(directions);
      if (fits) {
        kept.add(graph);
        room -= graph.bytes();
      }
      return products;
    } finally {
      if (!fits) {
        graph.close();
      }
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
