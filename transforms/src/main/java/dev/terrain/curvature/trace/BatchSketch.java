package dev.terrain.curvature.trace;

import dev.terrain.curvature.linear.Compression;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * What the products of an {@link XTrace} of A = Σ_b (n_b / n) A_b say of the single batches b:
 * Q'A_bQ, Q'A_bΩ and the ω_i'A_bω_i, noted product by product without keeping any.
 *
 * <p>They give each tr A_b as XTrace gives tr A, with the bases Q_i of A. That is unbiased, as Q_i
 * does not depend on ω_i, and free of the test vectors' noise where the batches differ in the span
 * of Q alone.
 */
public final class BatchSketch {
  private final LinearOperator operator;
  private final List<double[]> testVectors = new ArrayList<>();
  private final List<double[]> basis = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();

  public BatchSketch(LinearOperator operator) {
    this.operator = operator;
    for (int b = 0; b < operator.batchSizes().length; b++) {
      batches.add(new Batch());
    }
  }

  /** The operator for the test vectors. */
  public LinearOperator tested() {
    return new View(testVectors, Batch::test);
  }

  /** The operator for the vectors of Q. */
  public LinearOperator projected() {
    return new View(basis, Batch::project);
  }

  /** The estimates of tr A_b; tr(Q'A_bQ) if Q spans the range of A. */
  public double[] traces(RangeSketch sketch) {
    if (sketch.spansRange()) {
      return batches.stream().mapToDouble(Batch::formTrace).toArray();
    }
    List<LeftOut> all = LeftOut.of(sketch);
    return batches.stream().mapToDouble(batch -> batch.trace(all)).toArray();
  }

  /**
   * The estimates of tr AA_b, the means of (Aω_i)'A_bω_i; tr(Q'AQ Q'A_bQ) if Q spans the range of
   * A.
   */
  public double[] squares(RangeSketch sketch) {
    return sketch.spansRange()
        ? batches.stream().mapToDouble(Batch::formSquare).toArray()
        : batches.stream().mapToDouble(batch -> batch.square(sketch.triangle())).toArray();
  }

  /** Notes what one batch's part of some products says. */
  private interface Note {
    void take(Batch batch, double[][] block, double[][] parts);
  }

  /** The operator, with what its products with some of the vectors say being noted. */
  private final class View implements LinearOperator {
    private final List<double[]> vectors;
    private final Note note;

    View(List<double[]> vectors, Note note) {
      this.vectors = vectors;
      this.note = note;
    }

    @Override
    public int dimension() {
      return operator.dimension();
    }

    @Override
    public int[] batchSizes() {
      return operator.batchSizes();
    }

    @Override
    public double[][] multiply(double[][] block, BatchListener listener) {
      Collections.addAll(vectors, block);
      return operator.apply(
          block,
          (b, parts) -> {
            note.take(batches.get(b), block, parts);
            listener.onBatch(b, parts);
          });
    }
  }

  /** What one batch says. */
  private final class Batch {
    private final Compression form = new Compression();
    private final List<Double> forms = new ArrayList<>();

    /** Of ω_j: q_i'A_bω_j for the q_i there were when it was multiplied. */
    private final List<double[]> tested = new ArrayList<>();

    /** Of q_i: ω_j'A_bq_i for the ω_j there were when it was multiplied. */
    private final List<double[]> projected = new ArrayList<>();

    void test(double[][] block, double[][] parts) {
      for (int j = 0; j < block.length; j++) {
        forms.add(OrthonormalBasis.dot(block[j], parts[j]));
        tested.add(products(basis, parts[j]));
      }
    }

    void project(double[][] block, double[][] parts) {
      double[][] columns = new double[basis.size()][block.length];
      for (int j = 0; j < block.length; j++) {
        projected.add(products(testVectors, parts[j]));
        double[] column = products(basis, parts[j]);
        for (int i = 0; i < column.length; i++) {
          columns[i][j] = column[i];
        }
      }
      form.extend(columns);
    }

    private static double[] products(List<double[]> vectors, double[] part) {
      return vectors.stream().mapToDouble(vector -> OrthonormalBasis.dot(vector, part)).toArray();
    }

    double formTrace() {
      double trace = 0;
      for (int i = 0; i < basis.size(); i++) {
        trace += form.entries()[i][i];
      }
      return trace;
    }

    double trace(List<LeftOut> all) {
      RealMatrix matrix = new Array2DRowRealMatrix(form.entries(), false);
      double sum = 0;
      for (int i = 0; i < all.size(); i++) {
        double across = all.get(i).spanned().dotProduct(image(i));
        sum += all.get(i).trace(matrix, forms.get(i) - 2 * across);
      }
      return sum / all.size();
    }

    double square(RealMatrix triangle) {
      double sum = 0;
      for (int i = 0; i < triangle.getColumnDimension(); i++) {
        sum += triangle.getColumnVector(i).dotProduct(image(i));
      }
      return sum / triangle.getColumnDimension();
    }

    double formSquare() {
      double examples = Arrays.stream(operator.batchSizes()).sum();
      double sum = 0;
      for (int b = 0; b < batches.size(); b++) {
        double[][] other = batches.get(b).form.entries();
        for (int i = 0; i < basis.size(); i++) {
          sum +=
              operator.batchSizes()[b]
                  / examples
                  * OrthonormalBasis.dot(form.entries()[i], other[i]);
        }
      }
      return sum;
    }

    /** Q'A_bω_j. */
    private RealVector image(int j) {
      double[] image = new double[basis.size()];
      for (int i = 0; i < image.length; i++) {
        double[] ofBasis = projected.get(i);
        image[i] = j < ofBasis.length ? ofBasis[j] : tested.get(j)[i];
      }
      return new ArrayRealVector(image, false);
    }
  }
}
