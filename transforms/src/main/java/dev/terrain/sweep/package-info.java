/**
 * Sweep files: from YAML to resolved sweeps, cells and models, and the fingerprints that name them.
 * Start with {@link dev.terrain.sweep.SweepFile} and {@link dev.terrain.sweep.SweepExpansion}.
 *
 * <p>Names, types, defaults, ranges and descriptions of all settings are those of the Avro schemas;
 * nothing here repeats them.
 */
@NullMarked
package dev.terrain.sweep;

import org.jspecify.annotations.NullMarked;
