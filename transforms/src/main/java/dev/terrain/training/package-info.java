/**
 * Training of one model: optimiser loop, schedule, stop rule, resumable state. Start with {@link
 * dev.terrain.training.Trainer}.
 */
@NullMarked
package dev.terrain.training;

import org.jspecify.annotations.NullMarked;
