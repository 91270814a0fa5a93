package dev.terrain.registry;

import java.util.Set;

/**
 * Something that a sweep names: a data set, an architecture, an optimiser or a schedule. Immutable,
 * and used by several threads at once.
 *
 * <p>What {@link Registry} lists is a part of Terrain, or comes from outside: a class of a jar on
 * the class path that is public, has a public constructor without arguments, and is named in the
 * jar's {@code META-INF/services/dev.terrain.registry.Extension}.
 */
public interface Extension {
  /** The setting of a model whose values are the names of things of this kind. */
  String setting();

  /** What sweeps call it: one word in lower case, its parts joined by dashes. */
  String name();

  /**
   * The declared version of its code, from 1; raised whenever the same settings would give other
   * numbers. A part of the keys of all that is computed with it, unless it is a part of Terrain,
   * whose stages declare versions of their own.
   */
  int version();

  /** Settings of a model that it reads and others of its kind need not; by default none. */
  default Set<String> settings() {
    return Set.of();
  }
}
