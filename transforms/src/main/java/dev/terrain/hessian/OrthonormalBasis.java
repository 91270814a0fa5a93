package dev.terrain.hessian;

import java.util.ArrayList;
import java.util.List;

/** A growing list of orthonormal vectors of R^d; it holds one array of d numbers per vector. */
final class OrthonormalBasis {
  private final List<double[]> vectors = new ArrayList<>();

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  int size() {
    return vectors.size();
  }

  double[] last() {
    return vectors.get(vectors.size() - 1);
  }

  /**
   * Removes the span of the basis from {@code w}, in place. Two passes make the rest orthogonal to
   * working precision (Giraud, Langou and Rozložník 2005).
   */
  void orthogonalise(double[] w) {
    for (int pass = 0; pass < 2; pass++) {
      for (double[] vector : vectors) {
        addMultiple(w, -dot(vector, w), vector);
      }
    }
  }

  /**
   * Takes {@code w} / {@code norm} as the next vector; {@code w} must be orthogonal to the rest.
   */
  void add(double[] w, double norm) {
    double[] unit = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      unit[i] = w[i] / norm;
    }
    vectors.add(unit);
  }

  /** The linear combination Σ_j c_j v_j of the first vectors. */
  double[] combine(double[] coefficients) {
    double[] sum = new double[vectors.get(0).length];
    for (int j = 0; j < coefficients.length; j++) {
      addMultiple(sum, coefficients[j], vectors.get(j));
    }
    return sum;
  }

  static void addMultiple(double[] target, double factor, double[] vector) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * vector[i];
    }
  }
}
