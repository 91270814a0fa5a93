/**
 * Quadratic forms of random probes with a curvature matrix and with those of its batches, deflated
 * by eigenpairs or by a whole Krylov space, and what they say of traces, norms and ranks and of
 * their errors.
 */
package dev.terrain.curvature.forms;
