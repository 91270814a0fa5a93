package dev.terrain.report;

import java.util.List;

/**
 * Where the parts of a heat map's figure lie, in pixels from its top left.
 *
 * @param left of the tiles
 * @param top of the tiles
 * @param tileWidth of one tile
 * @param tileHeight of one tile
 * @param mapWidth of all tiles
 * @param mapHeight of all tiles
 * @param marks legend of the marks
 * @param legendTop of that legend
 * @param width of the figure
 * @param height of the figure
 */
record HeatMapLayout(
    double left,
    double top,
    double tileWidth,
    double tileHeight,
    double mapWidth,
    double mapHeight,
    MarkLegend marks,
    double legendTop,
    double width,
    double height) {

  private static final double CHARACTER = 7;
  private static final double MINIMUM_WIDTH = 380;

  static HeatMapLayout of(HeatMap map) {
    int columns = map.load().values().size();
    int rows = map.temperature().values().size();
    double labels = CHARACTER * longest(map.load()) + 4;
    double tileWidth =
        Math.max(
            labels,
            map.large() ? clamp(470.0 / columns, 54, 160) : clamp(290.0 / columns, 40, 150));
    double tileHeight = map.large() ? clamp(340.0 / rows, 36, 230) : clamp(230.0 / rows, 26, 230);
    double left = 30 + CHARACTER * longest(map.temperature());
    double top = 54;
    double mapWidth = columns * tileWidth;
    double mapHeight = rows * tileHeight;
    double below = Math.max(top + mapHeight + 48, top + map.key().minimumHeight());
    double width = Math.max(left + mapWidth + map.key().width(), MINIMUM_WIDTH);
    MarkLegend marks = MarkLegend.of(map.tiles(), left, width);
    return new HeatMapLayout(
        left,
        top,
        tileWidth,
        tileHeight,
        mapWidth,
        mapHeight,
        marks,
        below + 4,
        Math.ceil(width),
        Math.ceil(below + 6 + marks.height()));
  }

  double x(int column) {
    return left + column * tileWidth;
  }

  double y(int row) {
    return top + row * tileHeight;
  }

  private static int longest(GridAxis axis) {
    List<Double> values = axis.values();
    return values.stream().mapToInt(value -> Decimal.plain(value).length()).max().orElse(0);
  }

  private static double clamp(double value, double low, double high) {
    return Math.min(Math.max(value, low), high);
  }
}
