package dev.terrain.taxonomy.diagram;

import dev.terrain.taxonomy.Phase;
import dev.terrain.v1.TaxonomySettings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.special.Beta;
import org.jspecify.annotations.Nullable;

/**
 * The probability of each phase of a cell: that of what its means would be over infinitely many
 * seeds, measured without error.
 *
 * <p>Given n models with mean x̄ and standard error e, the mean over all seeds is x̄ + e t with
 * Student's t of n - 1 degrees of freedom: its distribution where seeds are normal and nothing was
 * known before, and the limit of resampling them with their spread taken as uncertain. Training
 * loss, mode connectivity and CKA count as independent: P(I) = P(L ≥ ℓ) P(mc &lt; 0), P(III) = P(L
 * &lt; ℓ) P(mc &lt; -m), and so on by {@link dev.terrain.taxonomy.PhaseRule}.
 *
 * @param probabilities of every phase, summing to 1; empty if they cannot be told
 * @param reason why they cannot; null if they can
 */
public record PhaseProbabilities(Map<Phase, Double> probabilities, @Nullable String reason) {

  /** Copies the map. */
  public PhaseProbabilities {
    probabilities = Map.copyOf(probabilities);
  }

  /** The probabilities of a cell under given thresholds. */
  public static PhaseProbabilities of(DiagramCell cell, TaxonomySettings thresholds) {
    for (String metric : new String[] {"train_loss", "mode_connectivity"}) {
      Optional<String> gap = gap(cell, metric);
      if (gap.isPresent()) {
        return new PhaseProbabilities(Map.of(), gap.get());
      }
    }
    double converged = below(cell, "train_loss", thresholds.getConvergedTrainLoss());
    double barrier = below(cell, "mode_connectivity", 0);
    double poor = below(cell, "mode_connectivity", 0.0 - thresholds.getConnectedModeConnectivity());
    double connected = converged * (1 - poor);
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.I, (1 - converged) * barrier);
    phases.put(Phase.II, (1 - converged) * (1 - barrier));
    phases.put(Phase.III, converged * poor);
    Optional<String> gap = gap(cell, "cka");
    if (gap.isPresent() && connected > 0) {
      return new PhaseProbabilities(Map.of(), gap.get());
    }
    double differ = connected > 0 ? below(cell, "cka", thresholds.getSimilarCka()) : 0;
    phases.put(Phase.IV_A, connected * differ);
    phases.put(Phase.IV_B, connected * (1 - differ));
    return new PhaseProbabilities(phases, null);
  }

  /** The probability of a phase; null if it cannot be told. */
  public @Nullable Double of(Phase phase) {
    return probabilities.get(phase);
  }

  private static Optional<String> gap(DiagramCell cell, String metric) {
    Optional<CellValue> value = cell.value(metric);
    if (value.isEmpty()) {
      return Optional.of(metric + " was not measured");
    }
    return value.get().error() == null || value.get().n() < 2
        ? Optional.of("the error of %s is not known".formatted(metric))
        : Optional.empty();
  }

  /** P(mean over all seeds &lt; threshold). */
  private static double below(DiagramCell cell, String metric, double threshold) {
    CellValue value = cell.value(metric).orElseThrow();
    double distance = threshold - value.mean();
    Double error = value.error();
    if (error == null || error <= 0) {
      return distance > 0 ? 1 : 0;
    }
    return studentBelow(distance / error, value.n() - 1);
  }

  /** P(t &lt; x) of Student's distribution. */
  static double studentBelow(double x, int degreesOfFreedom) {
    double tail =
        Beta.regularizedBeta(
                degreesOfFreedom / (degreesOfFreedom + x * x), degreesOfFreedom / 2.0, 0.5)
            / 2;
    return x > 0 ? 1 - tail : tail;
  }
}
