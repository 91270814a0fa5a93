package dev.terrain.report;

import dev.terrain.report.Tile.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a heat map as a stand-alone SVG document in the page's colour of text. */
final class HeatMapSvg {

  static final String FONT =
      "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

  private final HeatMap map;
  private final HeatMapLayout layout;
  private final Svg svg = new Svg();
  private final TileSvg tiles = new TileSvg(svg);

  private HeatMapSvg(HeatMap map) {
    this.map = map;
    this.layout = HeatMapLayout.of(map);
  }

  static String draw(HeatMap map) {
    return new HeatMapSvg(map).draw();
  }

  private String draw() {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-label",
        map.title(),
        "width",
        layout.width(),
        "height",
        layout.height(),
        "viewBox",
        "0 0 " + Svg.number(layout.width()) + " " + Svg.number(layout.height()),
        "font-family",
        FONT,
        "fill",
        "currentColor");
    svg.text(
        "text",
        map.title(),
        "x",
        2,
        "y",
        18,
        "font-size",
        map.large() ? 17 : 14.5,
        "font-weight",
        650);
    svg.text("text", map.subtitle(), "x", 2, "y", 37, "font-size", 11.5, "fill-opacity", 0.72);
    drawTiles();
    drawBorders();
    drawLoad();
    drawTemperature();
    map.key().draw(svg, layout.left() + layout.mapWidth(), layout.top(), layout.mapHeight());
    drawMarks();
    return svg.close().document();
  }

  private void drawTiles() {
    for (int row = 0; row < map.tiles().size(); row++) {
      List<Tile> line = map.tiles().get(row);
      for (int column = 0; column < line.size(); column++) {
        tiles.draw(
            line.get(column),
            layout.x(column),
            layout.y(row),
            layout.tileWidth(),
            layout.tileHeight(),
            map.large());
      }
    }
  }

  /** Dark lines with a light casing: seen on every colour; the crossover is dashed. */
  private void drawBorders() {
    StringBuilder sharp = new StringBuilder();
    StringBuilder smooth = new StringBuilder();
    for (Border border : map.borders()) {
      StringBuilder path = border.crossover() ? smooth : sharp;
      double x = layout.x(border.column() + (border.upright() ? 1 : 0));
      double y = layout.y(border.row() + (border.upright() ? 0 : 1));
      path.append('M').append(Svg.number(x)).append(' ').append(Svg.number(y));
      path.append(border.upright() ? 'v' : 'h');
      path.append(Svg.number(border.upright() ? layout.tileHeight() : layout.tileWidth()));
    }
    drawBorder(sharp, "none");
    drawBorder(smooth, "4 3");
  }

  private void drawBorder(StringBuilder path, String dashes) {
    if (path.length() > 0) {
      svg.open("g", "fill", "none", "stroke-linecap", "square", "pointer-events", "none");
      svg.leaf("path", "d", path, "stroke", "#ffffff", "stroke-width", map.large() ? 5 : 3.6);
      svg.leaf(
          "path",
          "d",
          path,
          "stroke",
          "#171a21",
          "stroke-width",
          map.large() ? 2.2 : 1.5,
          "stroke-dasharray",
          dashes,
          "stroke-linecap",
          dashes.equals("none") ? "square" : "butt");
      svg.close();
    }
  }

  private void drawLoad() {
    double y = layout.top() + layout.mapHeight();
    for (int column = 0; column < map.load().values().size(); column++) {
      svg.text(
          "text",
          Decimal.plain(map.load().values().get(column)),
          "x",
          layout.x(column) + layout.tileWidth() / 2,
          "y",
          y + 16,
          "font-size",
          11.5,
          "text-anchor",
          "middle");
    }
    svg.text(
        "text",
        map.load().title(),
        "x",
        layout.left() + layout.mapWidth() / 2,
        "y",
        y + 36,
        "font-size",
        12,
        "font-weight",
        500,
        "text-anchor",
        "middle");
  }

  private void drawTemperature() {
    for (int row = 0; row < map.temperature().values().size(); row++) {
      svg.text(
          "text",
          Decimal.plain(map.temperature().values().get(row)),
          "x",
          layout.left() - 6,
          "y",
          layout.y(row) + layout.tileHeight() / 2 + 4,
          "font-size",
          11.5,
          "text-anchor",
          "end");
    }
    double y = layout.top() + layout.mapHeight() / 2;
    svg.text(
        "text",
        map.temperature().title(),
        "transform",
        "translate(14 " + Svg.number(y) + ") rotate(-90)",
        "font-size",
        12,
        "font-weight",
        500,
        "text-anchor",
        "middle");
  }

  private void drawMarks() {
    for (MarkLegend.Entry entry : layout.marks().entries()) {
      Mark mark = entry.mark();
      double y = layout.legendTop() + entry.y();
      @Nullable Colour fill = mark == Mark.SOME_DIVERGED ? Colour.of("#c9ccd1") : null;
      tiles.body(fill, mark, entry.x(), y, 26, 16);
      svg.text(
          "text",
          mark.symbol(),
          "x",
          entry.x() + 13,
          "y",
          y + 12,
          "font-size",
          11,
          "text-anchor",
          "middle");
      svg.text("text", mark.meaning(), "x", entry.x() + 33, "y", y + 12, "font-size", 11.5);
    }
  }
}
