/**
 * Rows of finished units, written as Avro tables: whole ones at the end of a batch, files without
 * end from a stream. Start with {@link dev.terrain.beam.tables.WriteTables}.
 */
@NullMarked
package dev.terrain.beam.tables;

import org.jspecify.annotations.NullMarked;
