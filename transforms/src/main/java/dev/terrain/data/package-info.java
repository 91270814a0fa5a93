/**
 * Labelled images and how they are drawn: data sets, label noise, subsets, batches. Start with
 * {@link dev.terrain.data.Datasets}; {@link dev.terrain.data.TrainingData} gives what one model is
 * trained on.
 */
@NullMarked
package dev.terrain.data;

import org.jspecify.annotations.NullMarked;
