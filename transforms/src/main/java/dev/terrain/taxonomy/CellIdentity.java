package dev.terrain.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Which cell of which sweep.
 *
 * @param cellId fingerprint of the cell
 * @param sweep name of the sweep
 * @param loadSetting setting of the load-like axis
 * @param loadValue its value
 * @param temperatureSetting setting of the temperature-like axis
 * @param temperatureValue its value
 * @param slice values of the further axes, {@code name=value} joined by {@code ", "}; null if there
 *     are none
 */
public record CellIdentity(
    String cellId,
    String sweep,
    String loadSetting,
    double loadValue,
    String temperatureSetting,
    double temperatureValue,
    @Nullable String slice) {}
