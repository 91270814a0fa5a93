/**
 * How any unit of work runs in a pipeline: looked up in the ledger, else spread anew, computed by
 * the workers that a process shares, recorded and only then emitted. Start with {@link
 * dev.terrain.beam.units.Remembered}.
 */
@NullMarked
package dev.terrain.beam.units;

import org.jspecify.annotations.NullMarked;
