/**
 * Training of one model: optimiser loop, schedule, stop rule, resumable state. Start with {@link
 * dev.terrain.training.Trainer}.
 */
package dev.terrain.training;
