package dev.terrain.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The extensions from outside. Immutable; those of a process are looked for once. */
public final class Plugins {
  private static final class Holder {
    static final Plugins OF_THIS_PROCESS = in(Plugins.class.getClassLoader());
  }

  private final List<Extension> extensions;

  private Plugins(List<Extension> extensions) {
    this.extensions = List.copyOf(extensions);
  }

  /**
   * Those on the class path of this process.
   *
   * @throws java.util.ServiceConfigurationError if one cannot be made
   */
  public static Plugins ofThisProcess() {
    return Holder.OF_THIS_PROCESS;
  }

  /** Those that a class loader finds. */
  static Plugins in(ClassLoader loader) {
    List<Extension> found = new ArrayList<>();
    ServiceLoader.load(Extension.class, loader).forEach(found::add);
    return new Plugins(found);
  }

  /** These and no others. */
  public static Plugins of(Extension... extensions) {
    return new Plugins(List.of(extensions));
  }

  /** Those of a kind. */
  <E extends Extension> List<E> of(Class<E> kind) {
    return extensions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The names that they add to the values of a setting of a model. */
  public List<String> names(String setting) {
    return extensions.stream()
        .filter(extension -> extension.setting().equals(setting))
        .map(Extension::name)
        .toList();
  }

  /**
   * The names that a setting of a model has for those of its kind that read another setting.
   *
   * @param read the other setting
   */
  public List<String> namesOfThoseReading(String read, String setting) {
    return names(setting).stream()
        .filter(name -> named(setting, name).orElseThrow().settings().contains(read))
        .toList();
  }

  /** The one that a value of a setting names; empty if the value is not from outside. */
  public Optional<Extension> named(String setting, Object value) {
    return extensions.stream()
        .filter(extension -> extension.setting().equals(setting))
        .filter(extension -> extension.name().equals(value))
        .findFirst();
  }

  /**
   * Names and declared versions of those that a model names, for its keys; empty if all that it
   * names is a part of Terrain.
   *
   * @param values the value of each setting of the model, null where it has no such setting
   */
  public List<String> versions(Function<String, Object> values) {
    return extensions.stream()
        .filter(extension -> extension.name().equals(values.apply(extension.setting())))
        .map(extension -> extension.setting() + " " + extension.name() + " " + extension.version())
        .sorted()
        .toList();
  }
}
