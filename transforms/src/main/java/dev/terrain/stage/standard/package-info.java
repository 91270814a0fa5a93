/**
 * The stages that there are, and what follows from all of them: the units of a cell and their
 * costs, the sections of a sweep, the catalogue of metrics.
 */
@NullMarked
package dev.terrain.stage.standard;

import org.jspecify.annotations.NullMarked;
