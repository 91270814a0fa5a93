package dev.terrain.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been found out about a study beyond its tables, as far as it is known. Whatever is
 * missing or empty is left out of the page, or named there as not known. The page has these records
 * as they are, in its JSON.
 *
 * @param sentence one sentence with the numbers, for the top of the page; null for one that counts
 *     the phases
 * @param thresholds where the thresholds of the phases come from, one sentence each
 * @param diagrams by the name of the slice as the table of cells has it; empty for a study without
 *     further axes
 * @param cells by the ids of the cells
 * @param trends correlations of test accuracy with the other metrics; null if nobody looked
 * @param descents double descents along the axes
 * @param verdicts on the study's claims
 * @param diagnosis how good the advice is; null if nobody looked
 * @param suggestion which cells to measure next; null if nobody looked
 */
public record Findings(
    @Nullable String sentence,
    List<String> thresholds,
    Map<String, OfDiagram> diagrams,
    Map<String, OfCell> cells,
    @Nullable Trends trends,
    List<Descent> descents,
    List<Verdict> verdicts,
    @Nullable Diagnosis diagnosis,
    @Nullable Suggestion suggestion) {

  /** Nothing. */
  public static final Findings NONE =
      new Findings(null, List.of(), Map.of(), Map.of(), null, List.of(), List.of(), null, null);

  /** Copies what is given. */
  public Findings {
    thresholds = List.copyOf(thresholds);
    diagrams = Map.copyOf(diagrams);
    cells = Map.copyOf(cells);
    descents = List.copyOf(descents);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Of one phase diagram.
   *
   * @param sentence below the phases; null for one that counts them
   * @param boundaries between the phases, looked for and found or not
   * @param triple where three phases meet; null if nowhere, or nobody looked
   * @param sentences below the maps of metrics, by the name of the metric in its headline variant;
   *     a map without one tells its range and its means by phase
   */
  public record OfDiagram(
      @Nullable String sentence,
      List<Boundary> boundaries,
      @Nullable TriplePoint triple,
      Map<String, String> sentences) {
    /** Nothing. */
    public static final OfDiagram NONE = new OfDiagram(null, List.of(), null, Map.of());
  }

  /**
   * A place in a phase diagram in steps of its grid: x counts the values of the load axis,
   * ascending, from 0, and y those of the temperature axis; 2.5 is half-way from the third value to
   * the fourth. Written as [x, y].
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Point(double x, double y) {}

  /**
   * A boundary between phases, of any shape.
   *
   * @param name such as {@code Hessian transition}
   * @param crossover whether it is a smooth crossover rather than a sharp transition; drawn dashed
   * @param lines its pieces, each from point to point
   * @param band closed polygons that hold it with the probability that the sentence names
   * @param none why there is no boundary here; null if there is one
   * @param sentence what is known of it, with numbers
   */
  public record Boundary(
      String name,
      boolean crossover,
      List<List<Point>> lines,
      List<List<Point>> band,
      @Nullable String none,
      String sentence) {}

  /**
   * Where three phases meet, in steps of the grid, with the ends of its intervals.
   *
   * @param sentence with its numbers
   */
  public record TriplePoint(
      double x, double y, double lowX, double highX, double lowY, double highY, String sentence) {}

  /**
   * Of one cell.
   *
   * @param probabilities of the phases by their labels, in [0, 1], with sum 1; empty if not known
   * @param distances to the boundaries by their names, in steps of the grid
   * @param advice what to change; null if nobody looked
   */
  public record OfCell(
      Map<String, Double> probabilities, Map<String, Double> distances, @Nullable Advice advice) {
    /** Nothing. */
    public static final OfCell NONE = new OfCell(Map.of(), Map.of(), null);
  }

  /**
   * What to change in a cell for a better test accuracy.
   *
   * @param text one sentence
   * @param direction {@code hotter}, {@code colder}, {@code larger load}, {@code smaller load},
   *     {@code none}, or {@code not decidable}
   * @param gain expected gain of test accuracy in percent points; null if not known
   * @param evidence what in this grid speaks for it
   * @param baseline what a rule says that sees the settings only
   */
  public record Advice(
      String text,
      String direction,
      @Nullable Double gain,
      @Nullable String evidence,
      @Nullable String baseline) {}

  /**
   * Rank correlations of test accuracy with other metrics.
   *
   * @param sentence what they say, and what the conditional ones hold fixed
   */
  public record Trends(String sentence, List<Trend> rows) {}

  /**
   * Correlations of test accuracy with one metric over some cells.
   *
   * @param metric its name
   * @param cells which cells, such as {@code all}, {@code converged} or {@code IV}
   * @param n number of these cells that have both values
   * @param spearman Spearman's; null if it cannot be told
   * @param kendall Kendall's; null if it cannot be told
   * @param conditional Spearman's given load and temperature; null if it cannot be told
   * @param reason why something is null; null if nothing is
   */
  public record Trend(
      String metric,
      String cells,
      int n,
      @Nullable Estimate spearman,
      @Nullable Estimate kendall,
      @Nullable Estimate conditional,
      @Nullable String reason) {}

  /** A number with the ends of its interval, null where it has none. */
  public record Estimate(double value, @Nullable Double low, @Nullable Double high) {}

  /**
   * A dip of test accuracy between two higher values along an axis.
   *
   * @param axis the setting that varies
   * @param at where the others stand, such as {@code batch size 16}
   * @param size depth of the dip below the lower of its two sides, in percent points
   * @param noise standard deviation over seeds to compare it with; null if not known
   * @param sentence with its numbers
   * @param cells ids of the cells of the dip and its sides
   */
  public record Descent(
      String axis,
      String at,
      double size,
      @Nullable Double noise,
      String sentence,
      List<String> cells) {}

  /**
   * Whether a claim of the study holds on this sweep.
   *
   * @param claim its number, such as {@code C4}
   * @param statement the claim in one sentence
   * @param verdict {@code supported}, {@code contradicted} or {@code not decidable}
   * @param numbers what the verdict rests on
   * @param cells ids of the cells behind it
   */
  public record Verdict(
      String claim, String statement, String verdict, String numbers, List<String> cells) {}

  /**
   * How often the advice is right, beside what other rules reach on the same cells.
   *
   * @param sentence what the scores say, and how right is told from wrong
   */
  public record Diagnosis(String sentence, List<Score> scores) {}

  /**
   * How often a rule is right.
   *
   * @param accuracy share of right answers, in [0, 1]; null if it cannot be told
   * @param n number of cells
   */
  public record Score(String rule, @Nullable Double accuracy, int n) {}

  /**
   * Which cells to measure next.
   *
   * @param sentence why these
   * @param command the command that writes them as a sweep; null if there is none
   * @param cells ids of the neighbouring measured cells, or of the cells themselves
   */
  public record Suggestion(String sentence, @Nullable String command, List<String> cells) {}
}
