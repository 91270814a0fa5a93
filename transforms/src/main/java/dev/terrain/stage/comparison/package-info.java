/** Compares the models of a cell: mode connectivity, similarity and distance. */
@NullMarked
package dev.terrain.stage.comparison;

import org.jspecify.annotations.NullMarked;
