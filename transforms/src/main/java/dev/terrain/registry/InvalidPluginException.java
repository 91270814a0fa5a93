package dev.terrain.registry;

import org.jspecify.annotations.Nullable;

/** A plugin that cannot be used; the message names its class and says why. */
public final class InvalidPluginException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** With what to tell a user. */
  public InvalidPluginException(String message) {
    super(message);
  }

  InvalidPluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
