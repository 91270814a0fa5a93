package dev.terrain.imports;

import java.util.List;
import java.util.SortedMap;

/**
 * What an import made.
 *
 * @param name of the study
 * @param rows of the grid that count
 * @param runs single runs among them; 0 if rows are cells
 * @param cells made of them
 * @param diagrams combinations of the further axes
 * @param phases cells of each phase; those that have none under {@code none}
 * @param conversions what was done with columns, in sentences
 * @param notes what is to be known beside it, in sentences
 */
public record ImportSummary(
    String name,
    long rows,
    int runs,
    int cells,
    int diagrams,
    SortedMap<String, Integer> phases,
    List<String> conversions,
    List<String> notes) {}
