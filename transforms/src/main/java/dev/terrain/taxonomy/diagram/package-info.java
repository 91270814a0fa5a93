/**
 * Phase diagrams as numbers: cells over a load-like and a temperature-like axis, whoever measured
 * them, and the phases that given thresholds sort them into.
 */
@NullMarked
package dev.terrain.taxonomy.diagram;

import org.jspecify.annotations.NullMarked;
