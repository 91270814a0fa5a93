package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.boundary.Threshold.Source;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.v1.TaxonomySettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The thresholds of the phase rule, taken from the data where the data have a gap.
 *
 * <p>A setting that differs from the default is kept. Else the threshold is the geometric middle
 * (three digits of it) of the widest gap of the training losses of all cells (between 10⁻⁴ and 0.3
 * nats), and of |mc| among the converged cells (between 0.1, about what five models of some
 * thousand examples resolve, and 10 percent), if that {@linkplain Gap is clearly a gap}; else the
 * default. The threshold on CKA is never taken from the data: on the study's released grid CKA
 * among phase-IV cells runs through (its largest step is .027), so the split of IV-A and IV-B is a
 * crossover. No threshold is on curvature: a search for gaps finds some there that part nothing.
 *
 * @param trainLoss below it a cell is converged, in nats
 * @param modeConnectivity below minus it a converged cell is poorly connected, in percent of
 *     training error
 * @param cka from it on a converged and connected cell is in phase IV-B
 * @param settings the settings with these thresholds in place
 */
public record PhaseThresholds(
    Threshold trainLoss, Threshold modeConnectivity, Threshold cka, TaxonomySettings settings) {
  private static final TaxonomySettings DEFAULTS = TaxonomySettings.newBuilder().build();
  private static final MathContext DIGITS = new MathContext(3);
  private static final double LEAST_LOSS = 1e-4;
  private static final double MOST_LOSS = 0.3;
  private static final double LEAST_CONNECTIVITY = 0.1;
  private static final double MOST_CONNECTIVITY = 10;

  /**
   * The thresholds for diagrams that are read with one rule.
   *
   * @param diagrams all diagrams of a study; may be empty
   * @param given the settings asked for
   */
  public static PhaseThresholds of(Collection<Diagram> diagrams, TaxonomySettings given) {
    List<DiagramCell> cells = diagrams.stream().flatMap(d -> d.cells().stream()).toList();
    double[] losses = means(cells, "train_loss");
    Threshold loss =
        threshold(
            "converged_train_loss",
            given.getConvergedTrainLoss(),
            DEFAULTS.getConvergedTrainLoss(),
            Gap.widest(losses, LEAST_LOSS, MOST_LOSS),
            "the training loss of " + Words.count(losses.length, "cell"));
    List<DiagramCell> converged =
        cells.stream()
            .filter(c -> c.value("train_loss").filter(v -> v.mean() < loss.value()).isPresent())
            .toList();
    double[] connectivities = means(converged, "mode_connectivity");
    for (int i = 0; i < connectivities.length; i++) {
      connectivities[i] = Math.abs(connectivities[i]);
    }
    Threshold connectivity =
        threshold(
            "connected_mode_connectivity",
            given.getConnectedModeConnectivity(),
            DEFAULTS.getConnectedModeConnectivity(),
            Gap.widest(connectivities, LEAST_CONNECTIVITY, MOST_CONNECTIVITY),
            "|mode connectivity| of " + Words.count(connectivities.length, "converged cell"));
    Threshold cka = crossover(given.getSimilarCka());
    TaxonomySettings settings =
        TaxonomySettings.newBuilder(given)
            .setConvergedTrainLoss(loss.value())
            .setConnectedModeConnectivity(connectivity.value())
            .build();
    return new PhaseThresholds(loss, connectivity, cka, settings);
  }

  private static double[] means(List<DiagramCell> cells, String metric) {
    return cells.stream()
        .map(cell -> cell.mean(metric))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** The middle with as many digits as people read. */
  private static double middle(Gap gap) {
    return new BigDecimal(gap.middle()).round(DIGITS).doubleValue();
  }

  private static Threshold threshold(
      String setting, double given, double byDefault, Optional<Gap> gap, String what) {
    Source source =
        given != byDefault ? Source.SETTING : gap.isPresent() ? Source.DATA : Source.DEFAULT;
    double value =
        source == Source.DATA ? gap.map(PhaseThresholds::middle).orElse(byDefault) : given;
    String origin =
        switch (source) {
          case DATA -> "the geometric middle of a gap";
          case DEFAULT -> "the default";
          case SETTING -> "the setting";
        };
    String finding =
        gap.map(
                g ->
                    "%s has a gap from %s to %s, a factor of %s (next widest: %s)"
                        .formatted(
                            what,
                            Words.number(g.below()),
                            Words.number(g.above()),
                            Words.number(g.factor()),
                            Words.number(g.nextFactor())))
            .orElse(what + " has no clear gap");
    String sentence = "%s is %s, %s: %s.".formatted(setting, Words.number(value), origin, finding);
    return new Threshold(setting, value, source, gap.orElse(null), sentence);
  }

  private static Threshold crossover(double given) {
    boolean isDefault = given == DEFAULTS.getSimilarCka();
    String sentence =
        ("similar_cka is %s, %s: phases IV-A and IV-B are split at a crossover, "
                + "no gap is looked for.")
            .formatted(Words.number(given), isDefault ? "the default" : "the setting");
    return new Threshold(
        "similar_cka", given, isDefault ? Source.DEFAULT : Source.SETTING, null, sentence);
  }
}
