package dev.terrain.imports;

import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a grid mean.
 *
 * @param file what messages call the mapping
 * @param name what the study is called
 * @param source where the numbers come from, in free text; empty if it is not said
 * @param row what one row is
 * @param run columns that tell the runs of a cell apart; empty if a row is a cell
 * @param epoch which epoch is kept; null unless a row is a run's epoch
 * @param load the load-like axis
 * @param temperature the temperature-like axis
 * @param others further axes
 * @param metrics where the values stand
 * @param missing texts that stand for a missing value
 * @param where texts of which a column must have one for a row to count
 * @param runsPerCell of how many runs the rows are means; 0 if it is not said
 * @param taxonomy thresholds of the phases
 * @param ignore columns that are knowingly not used
 * @param separator what parts the fields of a line
 */
record Mapping(
    String file,
    String name,
    String source,
    RowKind row,
    List<ColumnName> run,
    @Nullable EpochChoice epoch,
    AxisMapping load,
    AxisMapping temperature,
    List<AxisMapping> others,
    List<MetricMapping> metrics,
    Set<String> missing,
    Map<ColumnName, List<String>> where,
    int runsPerCell,
    TaxonomySettings taxonomy,
    List<ColumnName> ignore,
    char separator) {}
