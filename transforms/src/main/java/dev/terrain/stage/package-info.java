/**
 * Units of work: what identifies each, and how it is computed from the study's store with the
 * kernels below. Knows no Beam. Start with {@link dev.terrain.stage.Stage} and {@link
 * dev.terrain.stage.Units}.
 */
@NullMarked
package dev.terrain.stage;

import org.jspecify.annotations.NullMarked;
