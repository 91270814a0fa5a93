package dev.terrain.imports;

/**
 * A column as a mapping names it.
 *
 * @param name what it is called in the header of the grid
 * @param path where the mapping names it, such as {@code metrics.cka.column}
 * @param line the place in the mapping file, counted from 1
 * @param position the column of characters there, counted from 1
 */
record ColumnName(String name, String path, int line, int position) {}
