package dev.terrain.surface;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the engine computes in this process, and how far that is from float64.
 *
 * <p>oneDNN's convolutions are the fastest, and on some processors wrong without a word: blocked
 * kernels read padding that nobody wrote. So the first thread that computes holds gradients and
 * Hessian products of small convolutions in float32 against float64, with fresh memory filled with
 * NaN, and where they deviate the process goes without oneDNN. What that costs and where it was
 * seen: {@code docs/benchmarks.md}.
 *
 * @param oneDnn whether convolutions go through oneDNN
 * @param deviation of the arithmetic that is used
 * @param refused deviation of oneDNN's, where it was given up
 */
public record EngineArithmetic(
    boolean oneDnn, ArithmeticDeviation deviation, Optional<ArithmeticDeviation> refused) {
  private static final Logger LOG = LoggerFactory.getLogger(EngineArithmetic.class);

  private static volatile @Nullable EngineArithmetic settled;

  /**
   * The arithmetic of this process; decided by the first call, which takes a few tenths of a
   * second.
   */
  public static EngineArithmetic ofThisProcess() {
    EngineArithmetic arithmetic = settled;
    return arithmetic == null ? settleOnce() : arithmetic;
  }

  private static synchronized EngineArithmetic settleOnce() {
    if (settled == null) {
      Torch.enterThread();
      settled = settle(EngineLibrary.open(), EngineArithmetic::largestDeviation);
      settled.refused.ifPresent(
          wrong ->
              LOG.warn(
                  "oneDNN's convolutions are wrong on this processor ({}; {}): computing without oneDNN, which is slower",
                  Processor.ofThisMachine().name(),
                  wrong));
    }
    return settled;
  }

  /** Decides between the ways to compute, the fastest that is right first. */
  static EngineArithmetic settle(
      Optional<? extends EngineSwitches> switches, Supplier<ArithmeticDeviation> measure) {
    if (switches.isEmpty()) {
      return new EngineArithmetic(true, measure.get(), Optional.empty());
    }
    EngineSwitches engine = switches.get();
    engine.fillFreshMemory(true);
    try {
      ArithmeticDeviation first = measure.get();
      boolean oneDnn = engine.usesOneDnn();
      if (first.allowed() || !oneDnn) {
        return new EngineArithmetic(oneDnn, first, Optional.empty());
      }
      engine.useOneDnn(false);
      return new EngineArithmetic(false, measure.get(), Optional.of(first));
    } finally {
      engine.fillFreshMemory(false);
    }
  }

  private static ArithmeticDeviation largestDeviation() {
    return ArithmeticProbe.ALL.stream()
        .map(ArithmeticProbe::deviation)
        .reduce(ArithmeticDeviation.NONE, ArithmeticDeviation::max);
  }

  /**
   * Nothing, if the arithmetic can be trusted.
   *
   * @throws UntrustedArithmeticException if no way to compute is right
   */
  void require() {
    if (!deviation.allowed()) {
      throw new UntrustedArithmeticException(this);
    }
  }

  /** Its name for the record. */
  public String name() {
    return oneDnn ? "oneDNN" : "without oneDNN";
  }
}
