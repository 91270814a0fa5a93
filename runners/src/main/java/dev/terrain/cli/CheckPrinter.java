package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what came out of checks. */
final class CheckPrinter {
  private static final String ERROR = "error";

  private final List<CheckResult> results;

  CheckPrinter(List<CheckResult> results) {
    this.results = results;
  }

  /** Whether a check does not hold that must. */
  static boolean isError(CheckResult result) {
    return !result.getHeld() && result.getCheck().getSeverity().equals(ERROR);
  }

  void printText(PrintWriter out) {
    for (CheckResult result : results) {
      out.printf(
          "%-7s %s: %d of %d in %s%s%n",
          verdict(result),
          name(result.getCheck()),
          result.getInside(),
          result.getExamined(),
          range(result.getCheck().getBetween()),
          result.getCheck().getShare() == 1
              ? ""
              : ", at least " + number(100 * result.getCheck().getShare()) + " %");
      if (result.getExamined() == 0) {
        out.printf("          the tables hold nothing to examine%n");
      }
      if (!result.getHeld()) {
        result.getOutside().forEach(value -> out.printf("          %s%n", value));
      }
    }
    out.flush();
  }

  private static String verdict(CheckResult result) {
    return result.getHeld() ? "held" : isError(result) ? "FAILED" : "warning";
  }

  private static String name(Check check) {
    String metric = check.getMetric().isEmpty() ? "" : " of " + check.getMetric();
    return check.getCheck()
        + metric
        + (check.getVariant().isEmpty() ? "" : " (" + check.getVariant() + ")");
  }

  private static String range(List<Double> ends) {
    return (Double.isInfinite(ends.get(0)) ? "(-∞" : "[" + number(ends.get(0)))
        + ", "
        + (Double.isInfinite(ends.get(1)) ? "∞)" : number(ends.get(1)) + "]");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  void printJson(PrintWriter out) throws IOException {
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts()));
    out.flush();
  }

  /** The results as JSON shows them. */
  List<Map<String, Object>> facts() {
    return results.stream().map(CheckPrinter::facts).toList();
  }

  private static Map<String, Object> facts(CheckResult result) {
    Check check = result.getCheck();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("check", check.getCheck());
    facts.put("metric", check.getMetric().isEmpty() ? null : check.getMetric());
    facts.put("variant", check.getVariant().isEmpty() ? null : check.getVariant());
    facts.put(
        "between",
        check.getBetween().stream().map(end -> Double.isInfinite(end) ? null : end).toList());
    facts.put("share", check.getShare());
    facts.put("severity", check.getSeverity());
    facts.put("held", result.getHeld());
    facts.put("examined", result.getExamined());
    facts.put("inside", result.getInside());
    facts.put("outside", result.getOutside());
    return facts;
  }
}
