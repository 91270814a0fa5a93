package dev.terrain.hessian;

import java.util.List;

/**
 * The compressions Q'A_bQ of the single batches of a {@link SampledOperator}, kept beside that of
 * the whole while the basis grows and is rotated; none for any other operator.
 */
final class SampleCompressions {
  private final int[] batchSizes;
  private final Compression[] batches;

  SampleCompressions(LinearOperator operator) {
    batchSizes =
        operator instanceof SampledOperator sampled ? sampled.batchSizes().clone() : new int[0];
    batches = new Compression[batchSizes.length];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = new Compression();
    }
  }

  /** Multiplies a block, whose vectors are the last of the basis, and sees the batches' parts. */
  double[][] multiply(LinearOperator operator, double[][] block, OrthonormalBasis basis) {
    return operator instanceof SampledOperator sampled
        ? sampled.apply(block, (b, parts) -> batches[b].extend(basis.innerProducts(parts)))
        : operator.apply(block);
  }

  /**
   * What the batches say of the vector Qc of the space, exactly if AQc lies in the space, too.
   *
   * @param coefficients c
   * @param image Q'AQc
   */
  SampleForms forms(double[] coefficients, double[] image) {
    double[] forms = new double[batches.length];
    double[] images = new double[batches.length];
    for (int b = 0; b < batches.length; b++) {
      double[][] entries = batches[b].entries();
      for (int i = 0; i < entries.length; i++) {
        double component = OrthonormalBasis.dot(coefficients, entries[i]);
        forms[b] += coefficients[i] * component;
        images[b] += image[i] * component;
      }
    }
    return new SampleForms(forms, images);
  }

  void rotate(double[][] y) {
    for (Compression batch : batches) {
      batch.rotate(y);
    }
  }

  /**
   * The errors that the sample gives the Ritz values.
   *
   * @param whole Q'AQ
   * @param verified numbers of the pairs that the verification saw; none without one
   * @param batchSquares ‖A_b u‖² of each of them, a column for each batch
   * @param quadratures of the start vectors, whose means estimate that of the spectrum
   */
  SampleErrors errors(
      Compression whole,
      RitzDecomposition ritz,
      int[] verified,
      double[][] batchSquares,
      List<Quadrature> quadratures) {
    int count = batches.length < 2 ? 0 : batches.length;
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    double[][] leftOut = new double[count][];
    double[][] outside = new double[ritz.size()][];
    for (int b = 0; b < count; b++) {
      double[][] rest = without(whole.entries(), batches[b].entries(), batchSizes[b] / examples);
      leftOut[b] = DenseEigenpairs.of(rest).values();
    }
    double[][] forms = new double[ritz.size()][];
    for (int k = 0; k < verified.length; k++) {
      outside[verified[k]] = new double[count];
      double[] vector = ritz.column(verified[k]);
      forms[verified[k]] = forms(vector, vector).forms();
      for (int b = 0; b < count; b++) {
        double within = squaredNorm(batches[b].entries(), ritz.vectors(), verified[k]);
        outside[verified[k]][b] = Math.max(0, batchSquares[k][b] - within);
      }
    }
    double mean =
        quadratures.stream()
            .mapToDouble(q -> OrthonormalBasis.dot(q.weights(), q.nodes()))
            .average()
            .orElseThrow();
    return new SampleErrors(ritz.values(), leftOut, outside, forms, mean, batchSizes);
  }

  private static double[][] without(double[][] whole, double[][] batch, double share) {
    double[][] rest = new double[whole.length][whole.length];
    for (int i = 0; i < rest.length; i++) {
      for (int j = 0; j < rest.length; j++) {
        rest[i][j] = (whole[i][j] - share * batch[i][j]) / (1 - share);
      }
    }
    return rest;
  }

  /** ‖C s‖² of a column s. */
  private static double squaredNorm(double[][] matrix, double[][] columns, int column) {
    double sum = 0;
    for (double[] row : matrix) {
      double component = 0;
      for (int k = 0; k < row.length; k++) {
        component += row[k] * columns[k][column];
      }
      sum += component * component;
    }
    return sum;
  }
}
