/**
 * Means and their standard errors: jackknives over images and probes, and the bootstrap. They know
 * numbers only; what the numbers are of, their users say.
 */
package dev.terrain.statistics;
