package dev.terrain.stage;

/**
 * Why settings do not fit a network.
 *
 * @param setting name of the setting
 * @param message what is wrong with it
 */
public record NetworkProblem(String setting, String message) {}
