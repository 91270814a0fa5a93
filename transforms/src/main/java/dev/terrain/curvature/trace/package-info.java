/** Traces and diagonals from test vectors, without eigenpairs. */
package dev.terrain.curvature.trace;
