package dev.terrain.beam.watch;

/** Says why a request cannot be used, without a word of what it holds. */
final class RefusedRequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RefusedRequestException(String message, Throwable cause) {
    super(message, cause);
  }

  RefusedRequestException(String message) {
    super(message);
  }
}
