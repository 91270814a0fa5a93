/**
 * The stages as Beam transforms. Thin: what is computed is in {@link dev.terrain.stage}. Start with
 * {@link dev.terrain.beam.TrainModels}.
 */
@NullMarked
package dev.terrain.beam;

import org.jspecify.annotations.NullMarked;
