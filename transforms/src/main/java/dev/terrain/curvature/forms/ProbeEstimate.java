package dev.terrain.curvature.forms;

/**
 * A number that was computed from the samples of random probes, without further products.
 *
 * @param value the estimate
 * @param standardError standard error over the probes; null with fewer than {@value
 *     SampleMean#MIN_SAMPLES} of them, whose spread says too little
 * @param probes probes behind it
 */
public record ProbeEstimate(double value, Double standardError, int probes) {}
