/**
 * Small dense matrices and long vectors: orthonormal bases, eigenpairs, quadratures, random probes.
 */
@NullMarked
package dev.terrain.curvature.linear;

import org.jspecify.annotations.NullMarked;
