package dev.terrain.report;

import dev.terrain.report.Tile.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the legend explains the marks that occur in a heat map: side by side, in as many lines as
 * are needed.
 *
 * @param height in pixels; 0 without marks
 */
record MarkLegend(List<Entry> entries, double height) {

  private static final double LINE = 23;
  private static final double SWATCH = 33;
  private static final double CHARACTER = 6.7;
  private static final double GAP = 18;

  /** A mark and its place, in pixels from the figure's left and the legend's top. */
  record Entry(Mark mark, double x, double y) {}

  /** The legend of some tiles between two edges. */
  static MarkLegend of(List<List<Tile>> tiles, double left, double right) {
    Set<Mark> marks = new TreeSet<>();
    tiles.forEach(line -> line.forEach(tile -> marks.add(tile.mark())));
    marks.remove(Mark.NONE);
    List<Entry> entries = new ArrayList<>();
    double x = left;
    double y = 0;
    for (Mark mark : marks) {
      double width = SWATCH + CHARACTER * mark.meaning().length();
      if (x > left && x + width > right) {
        x = left;
        y += LINE;
      }
      entries.add(new Entry(mark, x, y));
      x += width + GAP;
    }
    return new MarkLegend(entries, entries.isEmpty() ? 0 : y + LINE);
  }
}
