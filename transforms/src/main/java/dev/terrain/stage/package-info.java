/**
 * What a stage is: a unit of work, how its key is made, what it is computed with, and what is known
 * of the metrics that it gives. Knows neither Beam nor the single stages, which are in the rooms
 * below. Start with {@link dev.terrain.stage.MeasurementStage}.
 */
@NullMarked
package dev.terrain.stage;

import org.jspecify.annotations.NullMarked;
