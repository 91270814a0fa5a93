/**
 * Other people's grids as studies: a table in CSV and a mapping of its columns become cells. Start
 * with {@link dev.terrain.imports.GridImport}.
 */
@NullMarked
package dev.terrain.imports;

import org.jspecify.annotations.NullMarked;
