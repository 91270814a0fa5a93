/**
 * Small dense matrices and long vectors: orthonormal bases, eigenpairs, quadratures, random probes.
 */
package dev.terrain.curvature.linear;
