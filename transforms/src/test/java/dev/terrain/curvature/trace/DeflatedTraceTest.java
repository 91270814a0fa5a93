package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.Deflation;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.forms.ProbeSample;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.NaiveKrylov;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeflatedTraceTest {
  private static final int DIMENSION = 80;
  private static final double[] VALUES = Spectra.ofNetwork(DIMENSION);
  private static final double TRACE = Spectra.trace(VALUES);
  private static final MatrixOperator MATRIX = MatrixOperator.rotated(VALUES);

  private static double[] probe(int index) {
    return CounterRandom.of("test", "given probe", index).rademacher(DIMENSION);
  }

  /** The ten outliers, exact to rounding: the Krylov space is all of R^80. */
  private static Deflation outliers() {
    List<Eigenpair> pairs =
        new NaiveKrylov(MATRIX.rows(), new double[][] {probe(1000)}, DIMENSION).pairs(1e-8);
    return Deflation.of(pairs.subList(DIMENSION - 10, DIMENSION));
  }

  private static List<ProbeSample> samples(Deflation deflation, int count) {
    List<ProbeSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(deflation.sample(probe(i), MATRIX.apply(probe(i))));
    }
    return samples;
  }

  /** v'PAPv with P = I - QQ' applied to the vector itself. */
  private static double projectedForm(List<Eigenpair> pairs, double[] v) {
    double[] rest = v.clone();
    for (Eigenpair pair : pairs) {
      double overlap = 0;
      for (int j = 0; j < v.length; j++) {
        overlap += pair.vector()[j] * v[j];
      }
      for (int j = 0; j < v.length; j++) {
        rest[j] -= overlap * pair.vector()[j];
      }
    }
    double[] image = MATRIX.apply(rest);
    double form = 0;
    for (int j = 0; j < v.length; j++) {
      form += rest[j] * image[j];
    }
    return form;
  }

  @Test
  void addsTheOutliersToTheMeanFormOfTheProjectedProbes() {
    Deflation deflation = outliers();
    double mean = 0;
    for (int i = 0; i < 6; i++) {
      mean += projectedForm(deflation.pairs(), probe(i)) / 6;
    }

    TraceResult trace =
        new DeflatedTrace(new ProbePlan(1e-15, 0, 1), 3)
            .estimate(MATRIX, deflation, samples(deflation, 6), "model")
            .trace();

    assertThat(trace.value()).isCloseTo(110 + mean, within(1e-9));
    assertThat(trace.probes()).isEqualTo(6);
    assertThat(trace.products()).isZero();
    assertThat(trace.stop()).isEqualTo(StopReason.BUDGET_SPENT);
  }

  @Test
  void hasNoVarianceOnADiagonalMatrix() {
    TraceResult trace =
        new DeflatedTrace(new ProbePlan(1e-12, 100, 1), 3)
            .estimate(new DiagonalOperator(VALUES), Deflation.none(), List.of(), "model")
            .trace();

    assertThat(trace.value()).isCloseTo(TRACE, within(1e-12));
    assertThat(trace.standardError()).isLessThan(1e-12);
    assertThat(trace.products()).isEqualTo(3);
    assertThat(trace.stop()).isEqualTo(StopReason.ERROR_REACHED);
  }

  @Test
  void differsFromTheProjectedFormByNoMoreThanTheResidualsAllow() {
    List<Eigenpair> rough =
        new NaiveKrylov(MATRIX.rows(), new double[][] {probe(1000)}, 8).pairs(10).subList(5, 8);
    Deflation deflation = Deflation.of(rough);
    double outliers = rough.stream().mapToDouble(Eigenpair::value).sum();

    for (int i = 0; i < 20; i++) {
      ProbeSample sample = samples(deflation, 20).get(i);
      double difference = deflation.trace(sample) - outliers - projectedForm(rough, probe(i));
      assertThat(Math.abs(difference))
          .isGreaterThan(1e-9)
          .isLessThanOrEqualTo(deflation.formErrorBound(sample));
    }
  }

  @Test
  void theProbeFromWhichTheSpaceWasGrownHasTheProjectedFormExactly() {
    List<Eigenpair> rough =
        new NaiveKrylov(MATRIX.rows(), new double[][] {probe(0)}, 8).pairs(10).subList(5, 8);
    Deflation deflation = Deflation.of(rough);
    double outliers = rough.stream().mapToDouble(Eigenpair::value).sum();

    double sample = deflation.trace(samples(deflation, 1).get(0));

    assertThat(rough.get(0).residual()).isGreaterThan(1e-3);
    assertThat(sample - outliers).isCloseTo(projectedForm(rough, probe(0)), within(1e-10));
  }

  @Test
  void spendsNothingIfTheGivenSamplesSuffice() {
    Deflation deflation = outliers();
    DiagonalOperator untouched = new DiagonalOperator(new double[DIMENSION]);

    TraceResult trace =
        new DeflatedTrace(new ProbePlan(0.01, 100, 4), 4)
            .estimate(untouched, deflation, samples(deflation, 4), "model")
            .trace();

    assertThat(trace.stop()).isEqualTo(StopReason.ERROR_REACHED);
    assertThat(trace.products()).isZero();
    assertThat(untouched.seen()).isEmpty();
    assertThat(trace.value()).isCloseTo(TRACE, within(0.03 * TRACE));
  }

  @Test
  void needsFarFewerProductsThanPlainHutchinson() {
    ProbePlan plan = new ProbePlan(0.01, 2000, 4);

    TraceResult deflated =
        new DeflatedTrace(plan, 4).estimate(MATRIX, outliers(), List.of(), "model").trace();
    TraceResult plain =
        new DeflatedTrace(plan, 4).estimate(MATRIX, Deflation.none(), List.of(), "model").trace();

    assertThat(deflated.stop()).isEqualTo(StopReason.ERROR_REACHED);
    assertThat(plain.stop()).isEqualTo(StopReason.ERROR_REACHED);
    assertThat(plain.products()).isGreaterThan(20 * deflated.products());
    assertThat(plain.value()).isCloseTo(TRACE, within(4 * plain.standardError()));
  }

  @Test
  void roughPairsLeaveTheEstimateUnbiasedAndItsErrorHonest() {
    List<Eigenpair> rough =
        new NaiveKrylov(MATRIX.rows(), new double[][] {probe(1000)}, 8).pairs(10).subList(5, 8);
    Deflation deflation = Deflation.of(rough);

    int covered = 0;
    double meanError = 0;
    double squares = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceResult trace =
          new DeflatedTrace(new ProbePlan(1e-15, 20, 20), 3)
              .estimate(MATRIX, deflation, List.of(), "model " + seed)
              .trace();
      double error = trace.value() - TRACE;
      covered += Math.abs(error) <= 2 * trace.standardError() ? 1 : 0;
      meanError += error / 300;
      squares += error * error;
    }

    assertThat(covered).isGreaterThanOrEqualTo(264);
    assertThat(Math.abs(meanError)).isLessThan(4 * Math.sqrt(squares / 300 / 300));
  }

  @Test
  void aLongerRunExtendsAShorterOne() {
    DiagonalOperator shorter = new DiagonalOperator(VALUES);
    DiagonalOperator longer = new DiagonalOperator(VALUES);
    for (DiagonalOperator operator : List.of(shorter, longer)) {
      int products = operator == shorter ? 5 : 12;
      new DeflatedTrace(new ProbePlan(1e-300, products, 4), 20)
          .estimate(operator, Deflation.none(), List.of(), "model");
    }

    assertThat(shorter.seen()).hasSize(5);
    assertThat(longer.seen()).hasSize(12);
    for (int i = 0; i < 5; i++) {
      assertThat(longer.seen().get(i)).isEqualTo(shorter.seen().get(i));
    }
  }

  @Test
  void endsOnAnIndefiniteOperatorWithoutTrace() {
    MatrixOperator matrix =
        MatrixOperator.rotated(Spectra.of(80, i -> i % 2 == 0 ? i / 2 : -(i + 1) / 2));

    TraceResult trace =
        new DeflatedTrace(new ProbePlan(0.01, 50, 8), 3)
            .estimate(matrix, Deflation.none(), List.of(), "model")
            .trace();

    assertThat(trace.stop()).isEqualTo(StopReason.BUDGET_SPENT);
    assertThat(trace.products()).isEqualTo(50);
    assertThat(trace.value()).isCloseTo(0, within(4 * trace.standardError()));
  }

  @Test
  void givesNoStandardErrorForTwoProbes() {
    TraceResult trace =
        new DeflatedTrace(new ProbePlan(0.1, 2, 2), 3)
            .estimate(MATRIX, Deflation.none(), List.of(), "model")
            .trace();

    assertThat(trace.standardError()).isNull();
    assertThat(trace.stop()).isEqualTo(StopReason.BUDGET_SPENT);
  }

  @Test
  void leavesPairsOutThatAreNotConverged() {
    double[] vector = new double[DIMENSION];
    vector[0] = 1;
    Eigenpair open = new Eigenpair(5, vector, 1, false);

    assertThat(Deflation.of(List.of(open)).size()).isZero();
  }

  @Test
  void refusesVectorsThatAreNotOrthonormal() {
    double[] first = new double[DIMENSION];
    double[] second = new double[DIMENSION];
    first[0] = 1;
    second[0] = 0.6;
    second[1] = 0.8;

    assertThatThrownBy(
            () ->
                Deflation.of(
                    Arrays.asList(
                        new Eigenpair(2, first, 0, true), new Eigenpair(1, second, 0, true))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eigenvectors 0 and 1 is 0.6");
  }

  @Test
  void refusesToEstimateFromNothing() {
    assertThatThrownBy(
            () ->
                new DeflatedTrace(new ProbePlan(0.1, 0, 2), 3)
                    .estimate(MATRIX, Deflation.none(), List.of(), "model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxProducts (0) must be at least 1");
  }
}
