/**
 * Beam's options for each engine that Terrain runs on. Start with {@link
 * dev.terrain.engine.Engine}.
 */
package dev.terrain.engine;
