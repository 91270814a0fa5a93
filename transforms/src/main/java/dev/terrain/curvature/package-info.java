/**
 * Curvature of a loss surface at a point, from products of a curvature matrix with vectors alone:
 * eigenvalues at both ends, trace, Frobenius norm, effective rank, spectral density and negative
 * mass, each with an error from the random probes and one from the data sample; traces and
 * diagonals by several estimators; sharpness in several senses, scale-invariant measures, and the
 * noise of the gradient.
 *
 * <p>Start with {@link dev.terrain.curvature.panel.CurvaturePanel}, which takes the whole spectrum
 * from one set of products, {@link dev.terrain.curvature.panel.ImageGrowth}, which chooses the
 * sample for it, and the room sharpness for what stands beside it. A network is known here as a
 * {@link dev.terrain.surface.LossSurface}, and mostly as a {@link
 * dev.terrain.curvature.operator.LinearOperator} only.
 *
 * <p>Its rooms, each of which knows only those before it: linear, operator, forms, density, krylov;
 * trace and sharpness, which know nothing of density and krylov; panel. From outside only operator,
 * sharpness and panel are used.
 */
@NullMarked
package dev.terrain.curvature;

import org.jspecify.annotations.NullMarked;
