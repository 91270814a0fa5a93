/**
 * Curvature matrices as operators: products with vectors, also those of the single batches of
 * images, and whether the products can be right.
 */
package dev.terrain.curvature.operator;
