/**
 * Curvature matrices as operators: products with vectors, also those of the single batches of
 * images, and whether the products can be right.
 */
@NullMarked
package dev.terrain.curvature.operator;

import org.jspecify.annotations.NullMarked;
