/**
 * Quadratic forms of random probes with a curvature matrix and with those of its batches, deflated
 * by eigenpairs or by a whole Krylov space, and what they say of traces, norms and ranks and of
 * their errors.
 */
@NullMarked
package dev.terrain.curvature.forms;

import org.jspecify.annotations.NullMarked;
