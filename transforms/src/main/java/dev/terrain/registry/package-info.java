/**
 * What the names in a sweep stand for: lists of data sets, architectures, optimisers and schedules,
 * built in or from outside. Start with {@link dev.terrain.registry.Registry}.
 */
@NullMarked
package dev.terrain.registry;

import org.jspecify.annotations.NullMarked;
