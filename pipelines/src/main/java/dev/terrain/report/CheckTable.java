package dev.terrain.report;

import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import java.util.List;

/** The checks of the tables as the page shows them. */
final class CheckTable {
  private CheckTable() {}

  /**
   * One check; public for the template engine.
   *
   * @param mark class of the verdict in the style sheet
   */
  public record Line(
      String verdict, String mark, String check, String allowed, String inside, String outside) {}

  static List<Line> lines(List<CheckResult> results) {
    return results.stream().map(CheckTable::line).toList();
  }

  private static Line line(CheckResult result) {
    Check check = result.getCheck();
    boolean error = check.getSeverity().equals("error");
    return new Line(
        result.getHeld() ? "held" : error ? "failed" : "warning",
        result.getHeld() ? "held" : error ? "failed" : "warned",
        name(check),
        range(check.getBetween()) + " for " + Decimal.plain(100 * check.getShare()) + " %",
        result.getInside() + " of " + result.getExamined(),
        String.join("; ", result.getOutside()));
  }

  private static String range(List<Double> ends) {
    return (Double.isInfinite(ends.get(0)) ? "(\u2212\u221e" : "[" + Decimal.plain(ends.get(0)))
        + ", "
        + (Double.isInfinite(ends.get(1)) ? "\u221e)" : Decimal.plain(ends.get(1)) + "]");
  }

  private static String name(Check check) {
    String metric = check.getMetric().isEmpty() ? "" : " of " + check.getMetric();
    String variant = check.getVariant().isEmpty() ? "" : " (" + check.getVariant() + ")";
    return check.getCheck().replace('_', ' ') + metric + variant;
  }
}
