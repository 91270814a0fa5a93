/**
 * What to change in a cell: the direction of the temperature that its phase calls for, what the
 * grid itself shows, and what baselines that see only the knobs would say.
 */
@NullMarked
package dev.terrain.taxonomy.diagnosis;

import org.jspecify.annotations.NullMarked;
