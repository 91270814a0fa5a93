package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.SpaceForms;
import dev.terrain.curvature.linear.Compression;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.BatchJackknife;
import java.util.Arrays;

/**
 * The compressions Q'A_bQ of the single batches of an operator, kept beside that of the whole while
 * the basis grows and is rotated.
 */
final class BatchCompressions {
  private final int[] batchSizes;
  private final Compression[] batches;
  private double[][][] startGram = {};

  BatchCompressions(LinearOperator operator) {
    batchSizes = operator.batchSizes();
    batches = new Compression[batchSizes.length];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = new Compression();
    }
  }

  /** Multiplies a block, whose vectors are the last of the basis, and sees the batches' parts. */
  double[][] multiply(LinearOperator operator, double[][] block, OrthonormalBasis basis) {
    boolean first = startGram.length == 0;
    if (first) {
      startGram = new double[batches.length][][];
    }
    return operator.apply(
        block,
        (b, parts) -> {
          batches[b].extend(basis.innerProducts(parts));
          if (first) {
            startGram[b] = gram(parts);
          }
        });
  }

  private static double[][] gram(double[][] vectors) {
    double[][] gram = new double[vectors.length][vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors.length; j++) {
        gram[i][j] = OrthonormalBasis.dot(vectors[i], vectors[j]);
      }
    }
    return gram;
  }

  /** The compressions of all that a probe's forms are asked for. */
  SpaceForms forms(double[][] whole, double[][] coupling) {
    return SpaceForms.of(whole, coupling, entries(), batchSizes);
  }

  private double[][][] entries() {
    double[][][] entries = new double[batches.length][][];
    for (int b = 0; b < batches.length; b++) {
      entries[b] = batches[b].entries();
    }
    return entries;
  }

  /**
   * Σ_b γ_b ‖(A_b - A)v‖² of a vector v in the span of the first block; before any rotation.
   *
   * @param coefficients of v
   * @param image those of Av
   */
  double spread(double[] coefficients, double[] image) {
    double[] weights = BatchJackknife.biasWeights(batchSizes);
    double spread = 0;
    for (int b = 0; b < batches.length; b++) {
      double[][] entries = batches[b].entries();
      double[] first = Arrays.copyOf(coefficients, startGram[b].length);
      double squares = 0;
      for (int i = 0; i < first.length; i++) {
        squares += first[i] * OrthonormalBasis.dot(startGram[b][i], first);
      }
      double mixed = 0;
      for (int i = 0; i < entries.length; i++) {
        mixed += image[i] * OrthonormalBasis.dot(entries[i], coefficients);
      }
      spread += weights[b] * (squares - 2 * mixed + OrthonormalBasis.dot(image, image));
    }
    return spread;
  }

  void rotate(double[][] y) {
    for (Compression batch : batches) {
      batch.rotate(y);
    }
  }

  /** The compressions of the sample without batch b, A_(-b), for each b; none below two batches. */
  double[][][] withoutEach(Compression whole) {
    double[][][] rests = new double[batches.length < 2 ? 0 : batches.length][][];
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    for (int b = 0; b < rests.length; b++) {
      rests[b] = without(whole.entries(), batches[b].entries(), batchSizes[b] / examples);
    }
    return rests;
  }

  int[] batchSizes() {
    return batchSizes;
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

  /** ‖Q'A_bQ s‖² of a column s. */
  double squaredNorm(int batch, double[][] columns, int column) {
    double sum = 0;
    for (double[] row : batches[batch].entries()) {
      double component = 0;
      for (int k = 0; k < row.length; k++) {
        component += row[k] * columns[k][column];
      }
      sum += component * component;
    }
    return sum;
  }
}
