/**
 * The loss on paths between two trained models: the straight line and a fitted Bezier curve. Start
 * with {@link dev.terrain.connectivity.ModeConnection}.
 */
@NullMarked
package dev.terrain.connectivity;

import org.jspecify.annotations.NullMarked;
