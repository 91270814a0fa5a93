package dev.terrain.surface;

/**
 * The engine computed the same twice and the results differ. So the one that was not finite, or any
 * other, says nothing of what was computed, and it can be tried again.
 */
public final class EngineFaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param what what was computed, of what
   * @param first what came out
   * @param second what came out when it was computed once more
   */
  public EngineFaultException(String what, String first, String second) {
    super(
        "engine fault: "
            + what
            + ": "
            + first
            + ", and "
            + second
            + " when computed once more from the same state; this is no divergence, nothing of it"
            + " is kept, and it can be tried again");
  }
}
