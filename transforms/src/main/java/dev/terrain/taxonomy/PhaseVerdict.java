package dev.terrain.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * The phase of a cell and the inequalities that decided it, or why it cannot be told.
 *
 * @param phase the phase; null if a quantity it depends on is missing
 * @param reason the inequalities, or what is missing
 */
public record PhaseVerdict(@Nullable Phase phase, @Nullable String reason) {}
