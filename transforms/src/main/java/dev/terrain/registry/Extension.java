package dev.terrain.registry;

import java.util.Set;

/**
 * Something that a sweep names: a data set, an architecture, an optimiser, a schedule, or a stage
 * that measures. Immutable, and used by several threads at once.
 *
 * <p>What there is of a kind is a part of Terrain, or comes from a plugin: a class of a jar on the
 * class path that is public, has a public constructor without arguments, and is named in the jar's
 * {@code META-INF/services/dev.terrain.registry.Extension}. {@link Plugins} finds those.
 */
public interface Extension {
  /**
   * Which kind of thing it is: the setting of a model whose values are the names of things of this
   * kind, or {@code stage}.
   */
  String kind();

  /** What sweeps call it: one word in lower case, its parts joined by dashes or underscores. */
  String name();

  /**
   * The declared version of its code, from 1; raised whenever the same settings would give other
   * numbers. A part of the keys of all that is computed with it, unless it is a part of Terrain,
   * whose stages declare versions of their own.
   */
  int version();

  /**
   * What the plugin is called that it comes with: a part of the keys of all that is computed with
   * it, and of their provenance. By default its package. Of no meaning for parts of Terrain.
   */
  default String plugin() {
    return getClass().getPackageName();
  }

  /** Settings of a model that it reads and others of its kind need not; by default none. */
  default Set<String> settings() {
    return Set.of();
  }
}
