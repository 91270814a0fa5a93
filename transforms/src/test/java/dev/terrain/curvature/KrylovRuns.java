package dev.terrain.curvature;

import dev.terrain.random.CounterRandom;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Runs of {@link BlockLanczos} from Rademacher probes, and what tests ask of them. */
final class KrylovRuns {

  private KrylovRuns() {}

  static double[] spectrum(int dimension, IntToDoubleFunction value) {
    return IntStream.range(0, dimension).mapToDouble(value).toArray();
  }

  static double[][] probes(int dimension, int count) {
    return IntStream.range(0, count)
        .mapToObj(j -> CounterRandom.of("test", "probe", j).rademacher(dimension))
        .toArray(double[][]::new);
  }

  static BlockLanczosSettings ends(int upper, int lower, double tolerance) {
    return new BlockLanczosSettings(upper, lower, tolerance, 0, 1000, 1000, false);
  }

  static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, int blockSize) {
    return run(settings, operator, probes(operator.dimension(), blockSize));
  }

  static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, double[][] start) {
    return new BlockLanczos(settings)
        .run(operator, start, CounterRandom.of("test", "replacement", 0));
  }

  static double[] values(List<Eigenpair> pairs) {
    return pairs.stream().mapToDouble(Eigenpair::value).toArray();
  }

  static double trueResidual(LinearOperator operator, Eigenpair pair) {
    double[] residual = operator.apply(pair.vector());
    double squares = 0;
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= pair.value() * pair.vector()[i];
      squares += residual[i] * residual[i];
    }
    return Math.sqrt(squares);
  }
}
