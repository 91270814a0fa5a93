package dev.terrain.report;

/**
 * One chart.
 *
 * @param name for a file, without its ending
 * @param svg stand-alone document
 * @param definition of what is charted, one line; empty if the page explains it
 */
record Figure(String name, String svg, String definition) {}
