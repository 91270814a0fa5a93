package dev.terrain.report;

/**
 * One chart.
 *
 * @param name for a file, without its ending
 * @param svg stand-alone document
 */
record Figure(String name, String svg) {}
