package dev.terrain.taxonomy.trend;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rank correlations of cells, each of which counts as often as it was drawn.
 *
 * <p>Spearman's correlation given controls: the ranks of x, of y and of each control are taken
 * (equal values share the mean of their ranks), those of x and y are regressed on a constant and
 * those of the controls by least squares, and the two residuals are correlated (Pearson). Without
 * controls it is Spearman's ρ. A control that the ones before it determine is left out, which
 * changes no residual.
 *
 * <p>Kendall's τ_b = (C - D)/√((P - X)(P - Y)): pairs in the same order minus pairs in opposite
 * order, P pairs in all, X and Y of them with equal x and with equal y (Kendall 1945), in O(n log
 * n).
 *
 * @param spearman ρ; null where it is 0/0 since x or y is constant
 * @param kendall τ_b; null where ρ is
 * @param conditional ρ given the controls; null where these determine x or y
 */
record RankCorrelation(
    @Nullable Double spearman, @Nullable Double kendall, @Nullable Double conditional) {
  /** A variance that is smaller, relative to what it was before the controls, is rounding. */
  private static final double ROUNDING = 1e-9;

  /** Counts of a sample in which each cell is drawn once. */
  static int[] once(int size) {
    int[] counts = new int[size];
    Arrays.fill(counts, 1);
    return counts;
  }

  /** All three of a sample. */
  static RankCorrelation of(
      RankedVariable x, RankedVariable y, List<RankedVariable> controls, int[] counts) {
    double[][] ranks = new double[controls.size() + 2][];
    for (int i = 0; i < controls.size(); i++) {
      ranks[i] = controls.get(i).midranks(counts);
    }
    ranks[controls.size()] = x.midranks(counts);
    ranks[controls.size() + 1] = y.midranks(counts);
    double[][] products = products(ranks, counts);
    double[] variances = new double[products.length];
    for (int i = 0; i < products.length; i++) {
      variances[i] = products[i][i];
    }
    Double spearman = correlation(products, variances);
    for (int control = 0; control < controls.size(); control++) {
      if (products[control][control] > ROUNDING * variances[control]) {
        eliminate(products, control);
      }
    }
    return new RankCorrelation(spearman, kendall(x, y, counts), correlation(products, variances));
  }

  /** Spearman's ρ alone. */
  static @Nullable Double spearman(RankedVariable x, RankedVariable y, int[] counts) {
    double[][] products = products(new double[][] {x.midranks(counts), y.midranks(counts)}, counts);
    return correlation(products, new double[] {products[0][0], products[1][1]});
  }

  /** The correlation of the last two variables. */
  private static @Nullable Double correlation(double[][] products, double[] variances) {
    int y = products.length - 1;
    int x = y - 1;
    boolean isDefined =
        products[x][x] > ROUNDING * variances[x] && products[y][y] > ROUNDING * variances[y];
    return isDefined
        ? Double.valueOf(bounded(products[x][y] / Math.sqrt(products[x][x] * products[y][y])))
        : null;
  }

  private static double bounded(double correlation) {
    return Math.max(-1, Math.min(1, correlation));
  }

  /** Sums of products of the deviations from the means. */
  private static double[][] products(double[][] ranks, int[] counts) {
    long drawn = 0;
    for (int count : counts) {
      drawn += count;
    }
    double middle = (drawn + 1) / 2.0;
    int size = ranks.length;
    double[][] products = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double[] one = ranks[i];
        double[] other = ranks[j];
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
          sum += counts[k] * (one[k] - middle) * (other[k] - middle);
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /** Takes what one variable explains of those after it from their products. */
  private static void eliminate(double[][] products, int variable) {
    for (int i = variable + 1; i < products.length; i++) {
      double factor = products[i][variable] / products[variable][variable];
      for (int j = variable + 1; j < products.length; j++) {
        products[i][j] -= factor * products[variable][j];
      }
    }
  }

  private static @Nullable Double kendall(RankedVariable x, RankedVariable y, int[] counts) {
    long drawn = 0;
    for (int count : counts) {
      drawn += count;
    }
    long untiedX = pairs(drawn) - x.tiedPairs(counts);
    long untiedY = pairs(drawn) - y.tiedPairs(counts);
    return untiedX == 0 || untiedY == 0
        ? null
        : Double.valueOf(
            bounded(concordance(x, y, counts) / Math.sqrt((double) untiedX * untiedY)));
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  /** C - D. */
  private static long concordance(RankedVariable x, RankedVariable y, int[] counts) {
    CumulativeCounts seen = new CumulativeCounts(y.distinct());
    long sum = 0;
    int start = 0;
    for (int i = 0; i < x.size(); i++) {
      int cell = x.cellAt(i);
      // Cells of equal x make no pairs with one another: they are added together.
      while (x.rank(x.cellAt(start)) != x.rank(cell)) {
        seen.add(y.rank(x.cellAt(start)), counts[x.cellAt(start)]);
        start++;
      }
      if (counts[cell] > 0) {
        int rank = y.rank(cell);
        sum += counts[cell] * (seen.below(rank) - (seen.total() - seen.below(rank + 1)));
      }
    }
    return sum;
  }
}
