package dev.terrain.similarity;

/**
 * What one model makes of n examples: an n × p matrix of features, such as the probabilities of p
 * classes.
 *
 * @param rows the number n of examples
 * @param columns the number p of features
 * @param values the matrix, row by row, length n p, as a network computes it in single precision
 */
@SuppressWarnings("ArrayRecordComponent")
public record Representation(int rows, int columns, double[] values) {

  /**
   * @throws IllegalArgumentException if the matrix is empty or {@code values} is of another length
   */
  public Representation {
    if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "a representation needs at least 1 row and 1 column and rows x columns values, not "
              + rows
              + " x "
              + columns
              + " and "
              + values.length);
    }
  }

  double get(int row, int column) {
    return values[row * columns + column];
  }

  /** Without the rows of {@code group}: every {@code groups}-th row. */
  Representation without(int group, int groups) {
    int dropped = (rows - group + groups - 1) / groups;
    double[] kept = new double[(rows - dropped) * columns];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (row % groups != group) {
        System.arraycopy(values, row * columns, kept, at, columns);
        at += columns;
      }
    }
    return new Representation(rows - dropped, columns, kept);
  }
}
