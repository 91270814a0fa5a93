package dev.terrain.registry;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The extensions from outside. Immutable; those of a process are looked for once. */
public final class Plugins {
  private static final class Holder {
    static final Found OF_THIS_PROCESS = Found.in(Plugins.class.getClassLoader());
  }

  /** What a search gave: plugins, or why there are none that can be used. */
  private record Found(@Nullable Plugins plugins, @Nullable InvalidPluginException problem) {
    static Found in(ClassLoader loader) {
      try {
        return new Found(Plugins.in(loader), null);
      } catch (InvalidPluginException e) {
        return new Found(null, e);
      }
    }
  }

  private final List<Extension> extensions;

  private Plugins(List<Extension> extensions) {
    this.extensions = List.copyOf(extensions);
  }

  /**
   * Those on the class path of this process.
   *
   * @throws InvalidPluginException if one cannot be used
   */
  public static Plugins ofThisProcess() {
    Found found = Holder.OF_THIS_PROCESS;
    if (found.problem() != null) {
      throw found.problem();
    }
    return Objects.requireNonNull(found.plugins());
  }

  /** Those that a class loader finds. */
  static Plugins in(ClassLoader loader) {
    return new Plugins(PluginSearch.in(loader));
  }

  /** These and no others. */
  public static Plugins of(Extension... extensions) {
    return new Plugins(List.of(extensions));
  }

  /** All of them. */
  public List<Extension> all() {
    return extensions;
  }

  /** Those of a type. */
  <E extends Extension> List<E> of(Class<E> type) {
    return extensions.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The names that they add to those of a kind. */
  public List<String> names(String kind) {
    return ofKind(kind).map(Extension::name).toList();
  }

  /**
   * The names of a kind of those that read a setting of a model.
   *
   * @param read the setting
   */
  public List<String> namesOfThoseReading(String read, String kind) {
    return ofKind(kind)
        .filter(extension -> extension.settings().contains(read))
        .map(Extension::name)
        .toList();
  }

  /** The one of a kind that has a name; empty if what has the name is not from outside. */
  public Optional<Extension> named(String kind, Object name) {
    return ofKind(kind).filter(extension -> extension.name().equals(name)).findFirst();
  }

  /** The plugin that a thing comes with; empty if it is a part of Terrain. */
  public Optional<String> pluginOf(Extension extension) {
    return extensions.stream()
        .filter(other -> other.getClass() == extension.getClass())
        .map(Extension::plugin)
        .findFirst();
  }

  /**
   * Those whose names are among the values of a model's settings.
   *
   * @param values the value of each setting of the model, null where it has no such setting
   */
  public List<Extension> usedBy(Function<String, Object> values) {
    if (extensions.isEmpty()) {
      return extensions;
    }
    return extensions.stream()
        .filter(extension -> extension.name().equals(values.apply(extension.kind())))
        .toList();
  }

  private Stream<Extension> ofKind(String kind) {
    return extensions.stream().filter(extension -> extension.kind().equals(kind));
  }
}
