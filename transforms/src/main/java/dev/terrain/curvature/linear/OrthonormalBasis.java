package dev.terrain.curvature.linear;

import java.util.ArrayList;
import java.util.List;

/** A growing list of orthonormal vectors of R^d; it holds one array of d numbers per vector. */
public final class OrthonormalBasis {
  // A block's slices of this length stay in the cache while each basis vector passes by once.
  private static final int SLICE = 2048;

  private final List<double[]> vectors = new ArrayList<>();

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  public int size() {
    return vectors.size();
  }

  public double[] last() {
    return vectors.get(vectors.size() - 1);
  }

  /**
   * Removes the span of the basis from {@code w}, in place. Two passes make the rest orthogonal to
   * working precision (Giraud, Langou and Rozložník 2005).
   */
  public void orthogonalise(double[] w) {
    for (int pass = 0; pass < 2; pass++) {
      for (double[] vector : vectors) {
        addMultiple(w, -dot(vector, w), vector);
      }
    }
  }

  /**
   * Takes {@code w} / {@code norm} as the next vector; {@code w} must be orthogonal to the rest.
   */
  public void add(double[] w, double norm) {
    double[] unit = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      unit[i] = w[i] / norm;
    }
    vectors.add(unit);
  }

  /** Takes the arrays themselves as the next vectors; they must be orthonormal, to the rest too. */
  public void addAll(List<double[]> block) {
    vectors.addAll(block);
  }

  /**
   * The inner products q_i'w_j with the vectors w_j of a block.
   *
   * @return a row for each basis vector q_i, a column for each w_j
   */
  public double[][] innerProducts(double[][] block) {
    double[][] sums = new double[size()][block.length];
    for (int from = 0; from < length(); from += SLICE) {
      int to = Math.min(from + SLICE, length());
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < block.length; j++) {
          sums[i][j] += dot(vectors.get(i), block[j], from, to);
        }
      }
    }
    return sums;
  }

  /**
   * Subtracts Σ_i c_ij q_i from each vector w_j of a block, in place.
   *
   * @param coefficients a row for each basis vector, a column for each w_j
   */
  public void subtract(double[][] block, double[][] coefficients) {
    for (int from = 0; from < length(); from += SLICE) {
      int to = Math.min(from + SLICE, length());
      for (int i = 0; i < coefficients.length; i++) {
        for (int j = 0; j < block.length; j++) {
          addMultiple(block[j], -coefficients[i][j], vectors.get(i), from, to);
        }
      }
    }
  }

  /**
   * Replaces the basis by the combinations Σ_i y_ij q_i, in place.
   *
   * @param coefficients a row for each basis vector, a column for each new one, at most as many;
   *     the columns must be orthonormal
   */
  public void rotate(double[][] coefficients) {
    int kept = coefficients[0].length;
    double[][] sums = new double[kept][];
    for (int from = 0; from < length(); from += SLICE) {
      int to = Math.min(from + SLICE, length());
      for (int j = 0; j < kept; j++) {
        sums[j] = new double[to - from];
      }
      for (int i = 0; i < coefficients.length; i++) {
        double[] vector = vectors.get(i);
        for (int j = 0; j < kept; j++) {
          for (int k = from; k < to; k++) {
            sums[j][k - from] += coefficients[i][j] * vector[k];
          }
        }
      }
      for (int j = 0; j < kept; j++) {
        System.arraycopy(sums[j], 0, vectors.get(j), from, to - from);
      }
    }
    vectors.subList(kept, size()).clear();
  }

  /** The basis vectors themselves, not to be changed. */
  public double[][] vectors() {
    return vectors.toArray(double[][]::new);
  }

  private int length() {
    return vectors.isEmpty() ? 0 : vectors.get(0).length;
  }

  // Four sums that do not wait for each other; one sum alone waits for every addition before it.
  private static double dot(double[] a, double[] b, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      sum0 += a[i] * b[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  public static void addMultiple(double[] target, double factor, double[] vector) {
    addMultiple(target, factor, vector, 0, target.length);
  }

  private static void addMultiple(
      double[] target, double factor, double[] vector, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += factor * vector[i];
    }
  }
}
