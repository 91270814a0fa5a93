/**
 * Means and their standard errors: jackknives over images and probes, and the bootstrap. They know
 * numbers only; what the numbers are of, their users say.
 */
@NullMarked
package dev.terrain.statistics;

import org.jspecify.annotations.NullMarked;
