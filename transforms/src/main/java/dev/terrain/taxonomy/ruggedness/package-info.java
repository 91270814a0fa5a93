/**
 * A model of loss landscapes in one dimension, a parabola with ripples, in which loss, curvature,
 * barriers, agreement and phases are exact. Start with {@link
 * dev.terrain.taxonomy.ruggedness.RuggedModel}.
 */
@NullMarked
package dev.terrain.taxonomy.ruggedness;

import org.jspecify.annotations.NullMarked;
