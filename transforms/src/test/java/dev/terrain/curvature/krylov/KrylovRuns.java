package dev.terrain.curvature.krylov;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Runs of {@link BlockLanczos} from Rademacher probes, and what tests ask of them. */
public final class KrylovRuns {

  private KrylovRuns() {}

  public static double[] spectrum(int dimension, IntToDoubleFunction value) {
    return IntStream.range(0, dimension).mapToDouble(value).toArray();
  }

  public static double[][] probes(int dimension, int count) {
    return IntStream.range(0, count)
        .mapToObj(j -> CounterRandom.of("test", "probe", j).rademacher(dimension))
        .toArray(double[][]::new);
  }

  public static BlockLanczosSettings ends(int upper, int lower, double tolerance) {
    return new BlockLanczosSettings(upper, lower, tolerance, 0, 1000, 1000, false);
  }

  public static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, int blockSize) {
    return run(settings, operator, probes(operator.dimension(), blockSize));
  }

  public static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, double[][] start) {
    return new BlockLanczos(settings)
        .run(operator, start, CounterRandom.of("test", "replacement", 0))
        .result();
  }

  public static double[] values(List<Eigenpair> pairs) {
    return pairs.stream().mapToDouble(Eigenpair::value).toArray();
  }

  public static double trueResidual(LinearOperator operator, Eigenpair pair) {
    double[] residual = operator.apply(pair.vector());
    double squares = 0;
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= pair.value() * pair.vector()[i];
      squares += residual[i] * residual[i];
    }
    return Math.sqrt(squares);
  }
}
