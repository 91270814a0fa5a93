/**
 * Eigenpairs at both ends of the spectrum from one block Krylov space, and what the same products
 * say of the start vectors and of the single batches.
 */
package dev.terrain.curvature.krylov;
