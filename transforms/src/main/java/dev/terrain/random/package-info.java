/**
 * Random numbers keyed by what they are for. Start with {@link dev.terrain.random.CounterRandom}.
 */
package dev.terrain.random;
