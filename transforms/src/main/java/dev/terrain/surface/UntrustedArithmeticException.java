package dev.terrain.surface;

import java.util.Locale;

/** The engine computes wrongly on this processor, in every way that it has. */
public final class UntrustedArithmeticException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  UntrustedArithmeticException(EngineArithmetic arithmetic) {
    super(
        String.format(
            Locale.ROOT,
            "%s (%s) computes wrongly on this processor (%s): in float32 against float64 %s, at most %.0e is allowed; nothing is computed here",
            Torch.version(),
            EngineLibrary.build(),
            Processor.ofThisMachine().name(),
            arithmetic.deviation(),
            ArithmeticDeviation.ALLOWED));
  }
}
