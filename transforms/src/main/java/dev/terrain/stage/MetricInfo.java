package dev.terrain.stage;

import dev.terrain.v1.Subject;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What there is to know of a metric before any value of it: its definitions, how it is shown, and
 * how a cell summarises it. Checks, tables, report, command line and README read it from here.
 *
 * @param name the metric, as in the rows of the table of measurements: lower_snake_case
 * @param title name for people, such as {@code Hessian trace}
 * @param variants its definitions, the preferred one first; at least one
 * @param scale how it is charted
 * @param better which values are to be preferred
 * @param summary how a cell summarises it
 * @param cost what a value takes, in words
 */
public record MetricInfo(
    String name,
    String title,
    List<Variant> variants,
    Scale scale,
    Better better,
    Summary summary,
    String cost)
    implements Serializable {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** How colours follow values, and which numbers a chart prints. */
  public enum Scale {
    /** Values and colours as they are. */
    LINEAR,
    /** Values as they are, colours by their logarithms. */
    LOGARITHMIC,
    /** The natural logarithm of the value, as the study charts curvature. */
    LINEAR_IN_LOGARITHM,
    /** Values as they are, colours to both sides of 0. */
    SYMMETRIC
  }

  /** Which values are to be preferred. */
  public enum Better {
    /** Large ones. */
    HIGHER("higher"),
    /** Small ones. */
    LOWER("lower"),
    /** It depends. */
    NEITHER("neither");

    private final String text;

    Better(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** How a cell summarises the values of a metric. */
  public enum Summary {
    /** Mean over the cell's trained models. */
    MEAN_OVER_MODELS("mean over models", Subject.MODEL),
    /** Mean over the pairs of models that the sweep connects. */
    MEAN_OVER_CONNECTED_PAIRS("mean over connected pairs", Subject.PAIR),
    /** Mean over all pairs of the cell's trained models. */
    MEAN_OVER_PAIRS("mean over pairs", Subject.PAIR),
    /** The one value of the cell. */
    ONE_VALUE("one value", Subject.CELL);

    private final String text;
    private final Subject subject;

    Summary(String text, Subject subject) {
      this.text = text;
      this.subject = subject;
    }

    /** What each value is measured on. */
    public Subject subject() {
      return subject;
    }

    /** What a cell does with values that are measured on such a subject, if nothing says more. */
    public static Summary of(Subject subject) {
      return switch (subject) {
        case MODEL -> MEAN_OVER_MODELS;
        case PAIR -> MEAN_OVER_PAIRS;
        case CELL -> ONE_VALUE;
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * One definition of a metric.
   *
   * @param name {@code default}, or whose convention it is, or whose loss; printable, no tabs
   * @param unit of the value and its errors: {@code nats}, {@code percent}, {@code images}, {@code
   *     1}
   * @param range where exact values lie; an estimate may leave it by its error
   * @param definition one line of mathematics or words
   * @param source where it comes from: authors, year, and section or identifier
   * @param headline whether its charts come first; the table of cells has columns for all
   *     headlines, and for a few others
   */
  public record Variant(
      String name, String unit, Range range, String definition, String source, boolean headline)
      implements Serializable {
    /** Checks that nothing is missing. */
    public Variant {
      requireText(name, "the name of a variant");
      requireText(unit, "the unit of variant '" + name + "'");
      requireText(definition, "the definition of variant '" + name + "'");
      requireText(source, "the source of variant '" + name + "'");
      if (range == null) {
        throw new IllegalArgumentException("variant '" + name + "' has no range");
      }
    }

    /** The preferred definition, named {@code default}, which is no headline. */
    public static Variant standard(String unit, Range range, String definition, String source) {
      return new Variant("default", unit, range, definition, source, false);
    }

    /** The same, under another name. */
    public Variant named(String newName) {
      return new Variant(newName, unit, range, definition, source, headline);
    }

    /** The same, as a headline. */
    public Variant asHeadline() {
      return new Variant(name, unit, range, definition, source, true);
    }
  }

  /**
   * An interval of real numbers.
   *
   * @param min lower end, which belongs to it if it is finite
   * @param max upper end, which belongs to it if it is finite
   */
  public record Range(double min, double max) implements Serializable {
    /** All real numbers. */
    public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Those from 0. */
    public static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);

    /** 0 to 100. */
    public static final Range PERCENT = new Range(0, 100);

    /** Checks the order of the ends. */
    public Range {
      if (!(min < max)) {
        throw new IllegalArgumentException("range from " + min + " to " + max + " is empty");
      }
    }

    /** Whether a number lies in it. */
    public boolean contains(double value) {
      return Double.isFinite(value) && value >= min && value <= max;
    }

    /** As mathematics writes it, such as {@code [0, ∞)}. */
    @Override
    public String toString() {
      return (Double.isInfinite(min) ? "(-∞" : "[" + text(min))
          + ", "
          + (Double.isInfinite(max) ? "∞)" : text(max) + "]");
    }

    private static String text(double end) {
      return end == Math.rint(end) ? Long.toString((long) end) : Double.toString(end);
    }
  }

  /**
   * Checks that names are well formed and nothing is missing.
   *
   * @throws IllegalArgumentException if a name is not lower_snake_case, a variant appears twice, or
   *     a text is blank; the message names the metric
   */
  public MetricInfo {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("metric '" + name + "' must be named in lower_snake_case");
    }
    requireText(title, "the title of metric '" + name + "'");
    requireText(cost, "the cost of metric '" + name + "'");
    if (scale == null || better == null || summary == null) {
      throw new IllegalArgumentException(
          "metric '" + name + "' must say its scale, which values are better and its summary");
    }
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("metric '" + name + "' must have a variant");
    }
    Set<String> seen = new HashSet<>();
    for (Variant variant : variants) {
      if (!seen.add(variant.name())) {
        throw new IllegalArgumentException(
            "metric '" + name + "' has the variant '" + variant.name() + "' twice");
      }
    }
  }

  /** The definition that rows with this variant follow; empty if there is none. */
  public Optional<Variant> variant(String variantName) {
    return variants.stream().filter(variant -> variant.name().equals(variantName)).findFirst();
  }

  /** The same metric with some of its definitions only. */
  public MetricInfo withVariants(List<Variant> some) {
    return new MetricInfo(name, title, some, scale, better, summary, cost);
  }

  private static void requireText(String text, String what) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
  }
}
