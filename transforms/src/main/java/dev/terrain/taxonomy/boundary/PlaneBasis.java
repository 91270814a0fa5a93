package dev.terrain.taxonomy.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Smooth functions over the plane of positions: a constant, two linear functions, and the products
 * of one eigenfunction of either axis with the largest product of eigenvalues. With independent
 * standard normal coefficients their sum is a plane plus a Gaussian process with the covariance
 * exp(−(distance in grid steps)²/2ℓ²), but for what the dropped products would add.
 */
final class PlaneBasis {
  private static final double SMALLEST_PRODUCT = 1e-3;
  private static final int MOST_PRODUCTS = 60;

  private final AxisBasis columns;
  private final AxisBasis rows;
  private final List<Term> terms;

  /** A product of the column function and the row function of these numbers. */
  private record Term(int column, int row, double weight) {}

  /**
   * @param columnCount size of the load axis
   * @param rowCount size of the temperature axis
   * @param length ℓ in grid steps
   */
  PlaneBasis(int columnCount, int rowCount, double length) {
    double reach = Math.max(Math.max(columnCount, rowCount) - 1, 1) / 2.0;
    this.columns = new AxisBasis(columnCount, length, reach);
    this.rows = new AxisBasis(rowCount, length, reach);
    double[] ofColumns = columns.eigenvalues();
    double[] ofRows = rows.eigenvalues();
    List<Term> products = new ArrayList<>();
    for (int i = 0; i < ofColumns.length; i++) {
      for (int j = 0; j < ofRows.length; j++) {
        double weight = ofColumns[i] * ofRows[j];
        if (weight > SMALLEST_PRODUCT * ofColumns[0] * ofRows[0]) {
          products.add(new Term(AxisBasis.TREND + i, AxisBasis.TREND + j, weight));
        }
      }
    }
    products.sort(Comparator.comparingDouble(Term::weight).reversed());
    List<Term> all =
        new ArrayList<>(List.of(new Term(0, 0, 1), new Term(1, 0, 1), new Term(0, 1, 1)));
    all.addAll(products.subList(0, Math.min(products.size(), MOST_PRODUCTS)));
    this.terms = List.copyOf(all);
  }

  /** Number of functions. */
  int size() {
    return terms.size();
  }

  /** All functions at whole positions, one row for each (column, row). */
  double[][] design(int[][] places) {
    Map<Integer, double[]> ofColumns = new HashMap<>();
    Map<Integer, double[]> ofRows = new HashMap<>();
    double[][] design = new double[places.length][terms.size()];
    for (int i = 0; i < places.length; i++) {
      double[] ofColumn = ofColumns.computeIfAbsent(places[i][0], columns::at);
      double[] ofRow = ofRows.computeIfAbsent(places[i][1], rows::at);
      for (int t = 0; t < design[i].length; t++) {
        design[i][t] = ofColumn[terms.get(t).column()] * ofRow[terms.get(t).row()];
      }
    }
    return design;
  }

  /** A sum of the functions, tabulated for many evaluations on one lattice. */
  Tabulated on(double[] columnPositions, double[] rowPositions) {
    return new Tabulated(tabulate(columns, columnPositions), tabulate(rows, rowPositions), terms);
  }

  private static double[][] tabulate(AxisBasis axis, double[] positions) {
    double[][] values = new double[positions.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = axis.at(positions[i]);
    }
    return values;
  }

  /** The functions on a lattice. */
  static final class Tabulated {
    private final double[][] columns;
    private final double[][] rows;
    private final List<Term> terms;

    private Tabulated(double[][] columns, double[][] rows, List<Term> terms) {
      this.columns = columns;
      this.rows = rows;
      this.terms = terms;
    }

    /** Values of the sum with the given coefficients, by row, then column. */
    double[][] sum(double[] coefficients) {
      double[][] values = new double[rows.length][columns.length];
      double[] partial = new double[columns[0].length];
      for (int r = 0; r < rows.length; r++) {
        Arrays.fill(partial, 0);
        for (int t = 0; t < coefficients.length; t++) {
          Term term = terms.get(t);
          partial[term.column()] += coefficients[t] * rows[r][term.row()];
        }
        for (int c = 0; c < columns.length; c++) {
          values[r][c] = LogisticFit.product(columns[c], partial);
        }
      }
      return values;
    }
  }
}
