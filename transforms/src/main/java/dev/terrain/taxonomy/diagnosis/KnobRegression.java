package dev.terrain.taxonomy.diagnosis;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Logistic regression P(hotter) = 1 / (1 + e^(-w·z)) on standardised features z and a constant, the
 * maximum of Σ ln P(label) - ½ {@value #RIDGE} |w|² by Newton's steps, halved where a whole one
 * does not rise. The weak ridge keeps w finite where the classes are separable.
 */
final class KnobRegression {
  private static final double RIDGE = 1e-3;
  private static final int MAX_STEPS = 100;
  private static final int MAX_HALVINGS = 40;
  private static final double RELATIVE_RISE = 1e-12;

  private final double[] means;
  private final double[] scales;
  private final RealVector weights;

  private KnobRegression(double[] means, double[] scales, RealVector weights) {
    this.means = means;
    this.scales = scales;
    this.weights = weights;
  }

  /**
   * Fits the regression.
   *
   * @param features one array a cell, of equal lengths, at least one
   * @param isHotter its label
   */
  static KnobRegression fit(List<double[]> features, List<Boolean> isHotter) {
    int size = features.get(0).length;
    double[] means = new double[size];
    double[] scales = new double[size];
    for (int k = 0; k < size; k++) {
      int column = k;
      means[k] = features.stream().mapToDouble(row -> row[column]).average().orElse(0);
      double squares =
          features.stream().mapToDouble(row -> square(row[column] - means[column])).sum();
      double scale = Math.sqrt(squares / features.size());
      scales[k] = scale > 0 ? scale : 1;
    }
    RealMatrix rows = new Array2DRowRealMatrix(features.size(), size + 1);
    for (int i = 0; i < features.size(); i++) {
      rows.setRow(i, standardised(features.get(i), means, scales));
    }
    return new KnobRegression(means, scales, climb(rows, isHotter));
  }

  private static RealVector climb(RealMatrix rows, List<Boolean> isHotter) {
    RealVector weights = new ArrayRealVector(rows.getColumnDimension());
    double height = height(rows, isHotter, weights);
    for (int step = 0; step < MAX_STEPS; step++) {
      RealVector move = newtonStep(rows, isHotter, weights);
      double next = Double.NEGATIVE_INFINITY;
      for (int halving = 0; halving < MAX_HALVINGS && !(next > height); halving++) {
        next = height(rows, isHotter, weights.add(move));
        if (!(next > height)) {
          move = move.mapMultiply(0.5);
        }
      }
      if (!(next > height)) {
        break;
      }
      weights = weights.add(move);
      boolean isThere = next - height < RELATIVE_RISE * (1 + Math.abs(height));
      height = next;
      if (isThere) {
        break;
      }
    }
    return weights;
  }

  private static RealVector newtonStep(
      RealMatrix rows, List<Boolean> isHotter, RealVector weights) {
    int size = weights.getDimension();
    RealVector gradient = weights.mapMultiply(-RIDGE);
    double[][] curvature = new double[size][size];
    for (int k = 0; k < size; k++) {
      curvature[k][k] = RIDGE;
    }
    for (int i = 0; i < rows.getRowDimension(); i++) {
      double[] row = rows.getRow(i);
      double probability = 1 / (1 + Math.exp(-rows.getRowVector(i).dotProduct(weights)));
      double residual = (isHotter.get(i) ? 1 : 0) - probability;
      double weight = probability * (1 - probability);
      for (int k = 0; k < size; k++) {
        gradient.addToEntry(k, residual * row[k]);
        for (int l = 0; l < size; l++) {
          // In this order both halves of the matrix are rounded alike.
          curvature[k][l] += row[k] * row[l] * weight;
        }
      }
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false))
        .getSolver()
        .solve(gradient);
  }

  private static double height(RealMatrix rows, List<Boolean> isHotter, RealVector weights) {
    double sum = -RIDGE / 2 * weights.dotProduct(weights);
    for (int i = 0; i < rows.getRowDimension(); i++) {
      double score = rows.getRowVector(i).dotProduct(weights);
      double towards = isHotter.get(i) ? score : -score;
      sum -= Math.max(-towards, 0) + Math.log1p(Math.exp(-Math.abs(towards)));
    }
    return sum;
  }

  /** The more probable label of a cell with these features. */
  boolean isHotter(double[] features) {
    return new ArrayRealVector(standardised(features, means, scales)).dotProduct(weights) > 0;
  }

  private static double[] standardised(double[] features, double[] means, double[] scales) {
    double[] row = new double[features.length + 1];
    row[0] = 1;
    for (int k = 0; k < features.length; k++) {
      row[k + 1] = (features[k] - means[k]) / scales[k];
    }
    return row;
  }

  private static double square(double value) {
    return value * value;
  }
}
