package dev.terrain.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All things of a kind that sweeps name: first those that are a part of Terrain, then those from
 * outside. Immutable.
 *
 * @param <E> the kind
 */
public final class Registry<E extends Extension> {
  private final String kind;
  private final Map<String, E> entries = new LinkedHashMap<>();

  private Registry(List<E> all) {
    this.kind = all.get(0).kind();
    for (E entry : all) {
      E other = entries.putIfAbsent(entry.name(), entry);
      if (other != null) {
        throw new InvalidPluginException(
            "%s '%s' is there twice, as %s and %s; each must have a name of its own"
                .formatted(
                    kind, entry.name(), other.getClass().getName(), entry.getClass().getName()));
      }
    }
  }

  /**
   * The list of a kind.
   *
   * @param builtIns those that are a part of Terrain, one at least
   * @throws InvalidPluginException if two have one name
   */
  public static <E extends Extension> Registry<E> of(Class<E> kind, List<E> builtIns) {
    return of(kind, builtIns, Plugins.ofThisProcess());
  }

  static <E extends Extension> Registry<E> of(Class<E> kind, List<E> builtIns, Plugins plugins) {
    List<E> all = new ArrayList<>(builtIns);
    all.addAll(plugins.of(kind));
    return new Registry<>(all);
  }

  /**
   * A list of things of one kind, one at least.
   *
   * @throws InvalidPluginException if two have one name
   */
  public static <E extends Extension> Registry<E> of(List<E> all) {
    return new Registry<>(all);
  }

  /**
   * This list and one more.
   *
   * @throws InvalidPluginException if there is one of its name
   */
  public Registry<E> with(E another) {
    List<E> more = new ArrayList<>(entries.values());
    more.add(another);
    return new Registry<>(more);
  }

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public E named(String name) {
    E entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "%s (%s) must be one of %s".formatted(kind, name, String.join(", ", names())));
    }
    return entry;
  }

  /** All names, in the order of the list. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** All, in the order of the list. */
  public List<E> all() {
    return List.copyOf(entries.values());
  }
}
