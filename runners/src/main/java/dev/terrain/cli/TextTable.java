package dev.terrain.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of text in columns, all but the first to the right, as many as there is room for. */
final class TextTable {
  private static final int GAP = 2;

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  /** Adds a row, which has as many texts as there are columns. */
  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /**
   * Prints the columns that fit.
   *
   * @param width columns of characters that a line may have
   * @return the names of the columns that were left out, the last ones
   */
  List<String> print(PrintWriter out, int width) {
    int[] widths =
        IntStream.range(0, header.size())
            .map(
                column ->
                    Math.max(
                        header.get(column).length(),
                        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
            .toArray();
    int gap = fitting(widths, GAP, width) == widths.length ? GAP : 1;
    int columns = fitting(widths, gap, width);
    print(out, header, widths, columns, gap);
    for (List<String> row : rows) {
      print(out, row, widths, columns, gap);
    }
    return header.subList(columns, header.size());
  }

  /** Number of columns that fit; the first one is there in any case. */
  private static int fitting(int[] widths, int gap, int width) {
    int columns = 1;
    int used = widths[0];
    while (columns < widths.length && used + gap + widths[columns] <= width) {
      used += gap + widths[columns];
      columns++;
    }
    return columns;
  }

  private static void print(PrintWriter out, List<String> row, int[] widths, int columns, int gap) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      String text = row.get(column);
      String padding = " ".repeat(widths[column] - text.length());
      line.append(column == 0 ? "" : " ".repeat(gap));
      line.append(column == 0 ? text + padding : padding + text);
    }
    out.println(line.toString().stripTrailing());
  }
}
