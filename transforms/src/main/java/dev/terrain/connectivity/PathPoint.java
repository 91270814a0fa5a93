package dev.terrain.connectivity;

import dev.terrain.surface.Evaluation;

/**
 * How the network does at one point of a path, batch norm re-estimated there.
 *
 * @param train on each training image
 * @param test on each test image
 */
public record PathPoint(Evaluation train, Evaluation test) {}
