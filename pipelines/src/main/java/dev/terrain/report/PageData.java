package dev.terrain.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terrain.report.Findings.Descent;
import dev.terrain.report.Findings.Diagnosis;
import dev.terrain.report.Findings.Suggestion;
import dev.terrain.report.Findings.Trends;
import dev.terrain.report.Findings.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the scripts of a page know of a study: one JSON object, whose keys are the names of the
 * components here. What is null or empty is left out.
 *
 * @param title name of the study
 * @param generated when the page was made, for people
 * @param sentence the study in one sentence
 * @param axes the two axes of every diagram
 * @param further the axes beyond these, one slider each; empty for a single diagram
 * @param phases in the order of the legend
 * @param palettes colours of the maps from low to high
 * @param metrics that have a value somewhere, in the order of the page
 * @param unlisted metrics that the page leaves out because it would grow too large
 * @param diagrams one for each combination of the further axes that has cells; at least one
 * @param trends see {@link Findings}, as all that follows
 * @param against another study to hold beside this one, of which only title, axes, further, metrics
 *     and diagrams are given; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PageData(
    String title,
    @Nullable String generated,
    @Nullable String sentence,
    Axes axes,
    List<FurtherAxis> further,
    List<PhaseStyle> phases,
    @Nullable Palettes palettes,
    List<MetricStyle> metrics,
    int unlisted,
    List<DiagramData> diagrams,
    @Nullable Trends trends,
    List<Descent> descents,
    List<Verdict> verdicts,
    @Nullable Diagnosis diagnosis,
    @Nullable Suggestion suggestion,
    @Nullable PageData against) {

  /** The load-like and the temperature-like axis. */
  record Axes(Axis load, Axis temperature) {}

  /**
   * An axis of the diagrams.
   *
   * @param setting name of the setting
   * @param values ascending, each once
   * @param rises whether load or temperature rises with the value: false for a width or a batch
   *     size
   */
  record Axis(String setting, List<Double> values, boolean rises) {}

  /** An axis beyond the two of a diagram, with its values as the slices name them. */
  record FurtherAxis(String setting, List<String> values) {}

  /**
   * How a phase is shown.
   *
   * @param label as the table of cells has it
   * @param nickname a word or three
   * @param colour on a light page
   * @param dark colour on a dark page
   */
  record PhaseStyle(String label, String nickname, String meaning, String colour, String dark) {}

  /** Colours for values that have an order, and for values to both sides of 0. */
  record Palettes(List<String> sequential, List<String> diverging) {}

  /**
   * A metric and how it is charted.
   *
   * @param key names it in the values of the cells: the metric's name, with {@code /variant} and
   *     {@code :parameters} where they are not the usual ones
   * @param name for people
   * @param label name of what is charted, with {@code ln} where that is the logarithm
   * @param unit of the values; empty for a pure number
   * @param definition one line of mathematics or words
   * @param source where the definition comes from
   * @param scale {@code linear}; {@code logarithmic} for colours that follow the logarithm; {@code
   *     ln} where the natural logarithm is charted; {@code diverging} for both sides of 0
   * @param better {@code higher}, {@code lower} or {@code neither}
   * @param over {@code model}, {@code pair} or {@code value}: what the mean is taken over
   * @param headline whether its map is on the page from the start
   */
  record MetricStyle(
      String key,
      String name,
      String variant,
      String stage,
      String label,
      String unit,
      String definition,
      String source,
      String scale,
      String better,
      String over,
      boolean headline) {}

  /** A text with a place to go; without one it is a command to copy. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Link(String text, @Nullable String href) {}

  /**
   * One trained model of a cell.
   *
   * @param seed its seed
   * @param model its id
   * @param loss training loss in nats; null if it diverged
   * @param accuracy test accuracy in percent; null if it diverged
   */
  record Seed(
      long seed,
      String model,
      boolean diverged,
      @Nullable Double loss,
      @Nullable Double accuracy) {}
}
