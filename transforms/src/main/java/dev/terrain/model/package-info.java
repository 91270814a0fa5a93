/**
 * Architectures as DJL blocks whose parameters live in one flat vector θ. Start with {@link
 * dev.terrain.model.Network}.
 */
@NullMarked
package dev.terrain.model;

import org.jspecify.annotations.NullMarked;
