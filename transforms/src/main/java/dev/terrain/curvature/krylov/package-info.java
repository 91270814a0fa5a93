/**
 * Eigenpairs at both ends of the spectrum from one block Krylov space, and what the same products
 * say of the start vectors and of the single batches.
 */
@NullMarked
package dev.terrain.curvature.krylov;

import org.jspecify.annotations.NullMarked;
