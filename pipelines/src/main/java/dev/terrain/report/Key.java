package dev.terrain.report;

/** What stands beside a heat map and explains its colours. */
interface Key {

  /** Width in pixels, the gap to the map included. */
  double width();

  /** Height in pixels that it needs at least. */
  double minimumHeight();

  /** Draws it at the map's right edge. */
  void draw(Svg svg, double x, double y, double height);
}
