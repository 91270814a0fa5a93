package dev.terrain.report;

import java.util.List;

/**
 * A heat map ready to be drawn.
 *
 * @param title one line
 * @param subtitle units and sample, one line
 * @param tiles row by row from the top, each from the left
 * @param borders between phases, drawn over the tiles
 * @param large whether it is drawn at the size of a page's main figure
 */
record HeatMap(
    String title,
    String subtitle,
    GridAxis load,
    GridAxis temperature,
    List<List<Tile>> tiles,
    List<Border> borders,
    Key key,
    boolean large) {}
