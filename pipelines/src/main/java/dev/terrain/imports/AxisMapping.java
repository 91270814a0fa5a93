package dev.terrain.imports;

import java.math.BigDecimal;

/**
 * An axis of a grid.
 *
 * @param setting what it is called
 * @param column where its values stand
 * @param rises whether load or temperature rises with the value; without meaning for further axes
 * @param times what values are multiplied by
 * @param isText whether values are texts, which only those of further axes can be
 */
record AxisMapping(
    String setting, ColumnName column, boolean rises, BigDecimal times, boolean isText) {}
