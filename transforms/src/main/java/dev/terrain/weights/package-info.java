/**
 * The weights of models as safetensors files: those of a trained model and those of a training that
 * goes on. Start with {@link dev.terrain.weights.Checkpoints}.
 */
@NullMarked
package dev.terrain.weights;

import org.jspecify.annotations.NullMarked;
