/** Which cells to measure next: those that tell most about where the phases meet. */
@NullMarked
package dev.terrain.taxonomy.refinement;

import org.jspecify.annotations.NullMarked;
