/**
 * Random numbers keyed by what they are for. Start with {@link dev.terrain.random.CounterRandom}.
 */
@NullMarked
package dev.terrain.random;

import org.jspecify.annotations.NullMarked;
