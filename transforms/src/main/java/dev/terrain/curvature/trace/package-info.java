/** Traces and diagonals from test vectors, without eigenpairs. */
@NullMarked
package dev.terrain.curvature.trace;

import org.jspecify.annotations.NullMarked;
