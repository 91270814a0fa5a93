/**
 * Curvature of a loss surface: the largest eigenvalue and the trace of the Hessian, from products
 * with it alone. Start with {@link dev.terrain.hessian.Curvature}.
 */
package dev.terrain.hessian;
