package dev.terrain.registry;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the extensions that jars name as services, and makes sure that they can be used. */
final class PluginSearch {
  /** Names become folders of the ledger, keys of sweep files and parts of file names. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*");

  private PluginSearch() {}

  /**
   * All that a class loader finds, in the order of the class path.
   *
   * @throws InvalidPluginException if one cannot be made, or does not say well what it is
   */
  static List<Extension> in(ClassLoader loader) {
    List<Extension> found = new ArrayList<>();
    try {
      Iterator<ServiceLoader.Provider<Extension>> providers =
          ServiceLoader.load(Extension.class, loader).stream().iterator();
      while (providers.hasNext()) {
        found.add(make(providers.next()));
      }
    } catch (ServiceConfigurationError e) {
      throw new InvalidPluginException(
          "a plugin on the class path cannot be used: " + e.getMessage(), e);
    }
    return found;
  }

  private static Extension make(ServiceLoader.Provider<Extension> provider) {
    Class<? extends Extension> type = provider.type();
    Extension extension;
    try {
      extension = provider.get();
    } catch (ServiceConfigurationError e) {
      throw unusable(type, "cannot be made: " + e.getCause(), e);
    }
    try {
      check(extension);
    } catch (InvalidPluginException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw unusable(type, "does not say what it is: " + e, e);
    }
    return extension;
  }

  private static void check(Extension extension) {
    Class<? extends Extension> type = extension.getClass();
    if (isBlank(extension.kind())) {
      throw unusable(type, "kind () must be a setting of a model, or 'stage'", null);
    }
    if (extension.name() == null || !NAME.matcher(extension.name()).matches()) {
      throw unusable(
          type,
          "name (%s) must be one word in lower case, its parts joined by - or _"
              .formatted(extension.name()),
          null);
    }
    if (extension.version() < 1) {
      throw unusable(type, "version (%d) must be at least 1".formatted(extension.version()), null);
    }
    if (isBlank(extension.plugin())) {
      throw unusable(type, "plugin () must be the plugin's name", null);
    }
    if (extension.settings() == null) {
      throw unusable(type, "settings (null) must be a set of names", null);
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static InvalidPluginException unusable(
      Class<?> type, String why, @Nullable Throwable cause) {
    return new InvalidPluginException(
        "plugin class %s of %s %s".formatted(type.getName(), place(type), why), cause);
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? "the class path" : source.getLocation().getPath();
  }
}
