package dev.terrain.stage;

/**
 * That a unit takes more epochs than its setting says: where models were trained on a share of the
 * data there are fewer images, and so fewer steps in an epoch.
 *
 * @param dataFraction the share, in (0, 1)
 * @param setting the epochs of the setting
 * @param epochs the epochs that the unit takes
 */
public record Prolongation(double dataFraction, int setting, long epochs) {}
