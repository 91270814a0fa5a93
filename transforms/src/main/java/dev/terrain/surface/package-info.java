/**
 * The loss of a network as a function of one flat parameter vector. Start with {@link
 * dev.terrain.surface.LossSurface}; {@link dev.terrain.surface.NetworkSurface} is the one that
 * PyTorch computes.
 */
@NullMarked
package dev.terrain.surface;

import org.jspecify.annotations.NullMarked;
