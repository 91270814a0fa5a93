/**
 * Architectures as DJL blocks whose parameters live in one flat vector θ. Start with {@link
 * dev.terrain.model.Network}.
 */
package dev.terrain.model;
