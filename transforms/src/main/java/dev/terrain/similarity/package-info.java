/**
 * How alike trained models are: centred kernel alignment of their outputs on mixup images, and the
 * distance of their weights. Start with {@link dev.terrain.similarity.LinearCka}.
 */
@NullMarked
package dev.terrain.similarity;

import org.jspecify.annotations.NullMarked;
