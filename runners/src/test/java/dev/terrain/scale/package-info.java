/**
 * Many units and many requests with numerics that cost nothing, embedded and on a cluster. Start
 * with {@link dev.terrain.scale.ScaleIT}.
 */
package dev.terrain.scale;
