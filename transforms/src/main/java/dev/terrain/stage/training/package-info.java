/** Trains models, verifies their stored weights and loads them for all who measure. */
@NullMarked
package dev.terrain.stage.training;

import org.jspecify.annotations.NullMarked;
