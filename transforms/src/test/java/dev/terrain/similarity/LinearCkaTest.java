package dev.terrain.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearCkaTest {
  private static final double[][] GOLDEN = golden();
  private static final Representation X = columns(GOLDEN, 0, 10);
  private static final Representation Y = columns(GOLDEN, 10, 20);

  private static double[][] golden() {
    try {
      List<String> lines =
          Files.readAllLines(Path.of(LinearCkaTest.class.getResource("golden.csv").toURI()));
      return lines.stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Stream.of(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Representation of(double[]... rows) {
    return new Representation(
        rows.length, rows[0].length, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
  }

  private static Representation columns(double[][] rows, int from, int to) {
    return of(
        Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(double[][]::new));
  }

  private static Representation gaussian(int rows, int columns, String id) {
    CounterRandom random = CounterRandom.of(id, "features", 0);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return new Representation(rows, columns, values);
  }

  /** X M for a p × p matrix M. */
  private static Representation times(Representation x, double[][] matrix) {
    double[] values = new double[x.values().length];
    for (int row = 0; row < x.rows(); row++) {
      for (int j = 0; j < x.columns(); j++) {
        for (int i = 0; i < x.columns(); i++) {
          values[row * x.columns() + j] += x.get(row, i) * matrix[i][j];
        }
      }
    }
    return new Representation(x.rows(), x.columns(), values);
  }

  private static Representation shifted(Representation x, double by) {
    double[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += by * (i % x.columns());
    }
    return new Representation(x.rows(), x.columns(), values);
  }

  private static Representation rowsInOrder(Representation x, int[] order) {
    double[] values = new double[x.values().length];
    for (int row = 0; row < x.rows(); row++) {
      System.arraycopy(
          x.values(), order[row] * x.columns(), values, row * x.columns(), x.columns());
    }
    return new Representation(x.rows(), x.columns(), values);
  }

  static Stream<BiFunction<Representation, Representation, CkaValue>> estimators() {
    return Stream.of(LinearCka::biased, LinearCka::debiased);
  }

  private static double value(
      BiFunction<Representation, Representation, CkaValue> estimator,
      Representation x,
      Representation y) {
    return estimator.apply(x, y).value();
  }

  @Test
  void givesThePublishedValues() {
    // google-research/representation_similarity, demo notebook: 0.55761 and 0.51346; further digits
    // and the errors from the n x n Gram matrices in numpy.
    CkaValue biased = LinearCka.biased(X, Y);
    CkaValue debiased = LinearCka.debiased(X, Y);

    assertThat(biased.value()).isCloseTo(0.5576132566117589, within(1e-14));
    assertThat(biased.dataStandardError()).isCloseTo(0.02691986783885275, within(1e-13));
    assertThat(debiased.value()).isCloseTo(0.513456489505526, within(1e-14));
    assertThat(debiased.dataStandardError()).isCloseTo(0.03087214417556165, within(1e-13));
    assertThat(biased.reason()).isNull();
  }

  @Test
  void theJackknifeAllowsForGroupsOfUnevenSize() {
    // 95 examples: five groups of ten and five of nine; numpy as above.
    Representation x = columns(Arrays.copyOf(GOLDEN, 95), 0, 10);
    Representation y = columns(Arrays.copyOf(GOLDEN, 95), 10, 20);

    assertThat(LinearCka.biased(x, y).dataStandardError())
        .isCloseTo(0.026001800653119723, within(1e-13));
    assertThat(LinearCka.debiased(x, y).dataStandardError())
        .isCloseTo(0.030012566605113096, within(1e-13));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void isInvariantToRotationScaleShiftAndOrderOfFeaturesOnly(
      BiFunction<Representation, Representation, CkaValue> cka) {
    double expected = value(cka, X, Y);
    double[][] reflection = new double[10][10];
    double[][] permutation = new double[10][10];
    double[][] scale = new double[10][10];
    double[][] stretch = new double[10][10];
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        reflection[i][j] = (i == j ? 1 : 0) - 0.2;
      }
      permutation[i][(3 * i + 1) % 10] = 1;
      scale[i][i] = -1e-3;
      stretch[i][i] = 1 + i;
    }

    assertThat(value(cka, times(X, reflection), Y)).isCloseTo(expected, within(1e-10));
    assertThat(value(cka, times(X, permutation), Y)).isCloseTo(expected, within(1e-10));
    assertThat(value(cka, times(X, scale), Y)).isCloseTo(expected, within(1e-10));
    assertThat(value(cka, shifted(X, 7), Y)).isCloseTo(expected, within(1e-10));
    assertThat(value(cka, times(X, stretch), Y)).isNotCloseTo(expected, within(1e-2));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void isSymmetricAndOneWithItself(BiFunction<Representation, Representation, CkaValue> cka) {
    assertThat(value(cka, Y, X)).isCloseTo(value(cka, X, Y), within(1e-14));
    assertThat(value(cka, X, X)).isCloseTo(1, within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void doesNotDependOnTheOrderOfTheExamples(
      BiFunction<Representation, Representation, CkaValue> cka) {
    int[] order = CounterRandom.of("test", "order", 0).permutation(100);

    assertThat(value(cka, rowsInOrder(X, order), rowsInOrder(Y, order)))
        .isCloseTo(value(cka, X, Y), within(1e-12));
  }

  @Test
  void debiasedIsAboutZeroOnceTheExamplesOfOneSideArePermuted() {
    int[] order = CounterRandom.of("test", "order", 0).permutation(100);

    CkaValue value = LinearCka.debiased(rowsInOrder(X, order), Y);

    assertThat(value.value()).isCloseTo(0, within(4 * value.dataStandardError()));
    assertThat(value.dataStandardError()).isLessThan(0.05);
  }

  @Test
  void independentGaussiansShowTheBiasOfTheStudysEstimator() {
    Representation x = gaussian(200, 100, "x");
    Representation y = gaussian(200, 100, "y");

    assertThat(LinearCka.biased(x, y).value()).isCloseTo(100.0 / 300, within(0.02));
    assertThat(LinearCka.debiased(x, y).value()).isCloseTo(0, within(0.02));
  }

  @Test
  void sharedOrthonormalFeaturesGiveTheirShare() {
    // Waves 1-4 and 3-8 share two: 2 / √(4 · 6).
    assertThat(LinearCka.biased(waves(1, 4), waves(3, 8)).value())
        .isCloseTo(2 / Math.sqrt(24), within(1e-14));
  }

  private static Representation waves(int from, int to) {
    double[][] rows = new double[50][to - from + 1];
    for (int row = 0; row < 50; row++) {
      for (int wave = from; wave <= to; wave++) {
        rows[row][wave - from] = Math.cos(2 * Math.PI * wave * row / 50);
      }
    }
    return of(rows);
  }

  @Test
  void examplesMovedToInfinityDominate() {
    // Limit z'K_c z / (‖K_c‖_F ‖z‖²), z the centred indicator of the moved examples (Davari et al.
    // 2022), here of the first three.
    double[] moved = Y.values().clone();
    double[] mean = new double[10];
    double[] sum = new double[10];
    for (int i = 0; i < moved.length; i++) {
      mean[i % 10] += X.values()[i] / 100;
      if (i < 30) {
        moved[i] += 1e8;
        sum[i % 10] += X.values()[i];
      }
    }
    double form = 0;
    double squares = 0;
    for (int i = 0; i < 10; i++) {
      form += (sum[i] - 3 * mean[i]) * (sum[i] - 3 * mean[i]);
      for (int j = 0; j < 10; j++) {
        double covariance = 0;
        for (int row = 0; row < 100; row++) {
          covariance += (X.get(row, i) - mean[i]) * (X.get(row, j) - mean[j]);
        }
        squares += covariance * covariance;
      }
    }

    assertThat(LinearCka.biased(X, new Representation(100, 10, moved)).value())
        .isCloseTo(form / (Math.sqrt(squares) * 3 * 0.97), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void largeMeansInSinglePrecisionDoNoHarm(
      BiFunction<Representation, Representation, CkaValue> cka) {
    double[] offset = X.values().clone();
    for (int i = 0; i < offset.length; i++) {
      offset[i] = (float) (offset[i] + 100);
    }

    assertThat(value(cka, new Representation(100, 10, offset), Y))
        .isCloseTo(value(cka, X, Y), within(2e-5));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void constantFeaturesAreUndefined(BiFunction<Representation, Representation, CkaValue> cka) {
    double[] constant = new double[1000];
    Arrays.fill(constant, 0.1);

    assertThat(cka.apply(X, new Representation(100, 10, constant)))
        .isEqualTo(
            new CkaValue(null, null, "the second representation is constant over the examples"));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void featuresThatAreNotFiniteAreUndefined(
      BiFunction<Representation, Representation, CkaValue> cka) {
    double[] broken = X.values().clone();
    broken[17] = Double.NaN;

    assertThat(cka.apply(new Representation(100, 10, broken), Y))
        .isEqualTo(
            new CkaValue(null, null, "the first representation has a value that is not finite"));
  }

  @Test
  void debiasedNeedsFourExamples() {
    Representation three = of(new double[] {1}, new double[] {2}, new double[] {4});

    assertThat(LinearCka.debiased(three, three).value()).isNull();
    assertThat(LinearCka.debiased(three, three).reason()).contains("at least 4 examples, not 3");
    assertThat(LinearCka.biased(three, three).value()).isCloseTo(1, within(1e-14));
  }

  @Test
  void aSingleDeviatingExampleHasNoUnbiasedSelfSimilarity() {
    double[] values = new double[20];
    values[7] = 1;
    Representation single = new Representation(20, 1, values);

    assertThat(LinearCka.debiased(single, gaussian(20, 3, "x")).reason())
        .isEqualTo("the unbiased HSIC of the first representation with itself is not positive");
    // Without its group nothing varies, so the biased value has no jackknife.
    assertThat(LinearCka.biased(single, single).value()).isCloseTo(1, within(1e-14));
    assertThat(LinearCka.biased(single, single).dataStandardError()).isNull();
  }

  @Test
  void refusesDifferentNumbersOfExamples() {
    assertThatThrownBy(() -> LinearCka.biased(X, gaussian(99, 10, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of 100 and 99");
  }

  @Test
  void refusesARepresentationOfTheWrongSize() {
    assertThatThrownBy(() -> new Representation(3, 2, new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 x 2 and 5");
  }
}
