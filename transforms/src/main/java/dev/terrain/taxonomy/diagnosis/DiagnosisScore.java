package dev.terrain.taxonomy.diagnosis;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The phase rule held against the directions that the grid itself shows, beside rules that see only
 * the knobs. All rules are scored on the same cells: those that have a direction and a phase.
 *
 * <p>A cell's direction is the side in temperature, at equal load, with the larger gain of test
 * accuracy; cells where neither side has one are left out (Zhou et al.: MD tree, ICML 2024, arXiv
 * 2406.16988).
 *
 * @param cells cells of the grid
 * @param scored cells with a direction and a phase
 * @param withoutDirection cells that neither side beats, or that have no test accuracy
 * @param withoutPhase cells with a direction for which the phase rule does not speak
 * @param hotter scored cells that should be hotter
 * @param phaseRule the phase rule, nothing fitted; null if no cell is scored
 * @param majority the larger class for every cell; null if no cell is scored
 * @param threshold one threshold on the temperature setting; null if not both classes occur
 * @param regression logistic regression on the logarithms of all knobs; null if not both classes
 *     occur
 * @param byPhase how many cells of each phase that occurs should be hotter
 */
public record DiagnosisScore(
    int cells,
    int scored,
    int withoutDirection,
    int withoutPhase,
    int hotter,
    @Nullable RuleScore phaseRule,
    @Nullable RuleScore majority,
    @Nullable RuleScore threshold,
    @Nullable RuleScore regression,
    List<PhaseShare> byPhase) {

  /** Copies the shares. */
  public DiagnosisScore {
    byPhase = List.copyOf(byPhase);
  }

  /** The scores in one sentence, with n. */
  public String sentence() {
    if (phaseRule == null || majority == null) {
      return "No cell has a direction and a phase (test_accuracy, train_loss and mode_connectivity"
          + " of several temperatures at one load are needed): the rule cannot be scored.";
    }
    StringBuilder text = new StringBuilder("On the ").append(scored);
    text.append(scored == 1 ? " cell" : " cells").append(" of this grid that have a direction, ");
    text.append("the phase rule (nothing fitted) is right in ").append(percent(phaseRule));
    text.append("; the larger class alone in ").append(percent(majority));
    if (threshold != null) {
      text.append("; ").append(threshold.rule()).append(" in ").append(percent(threshold));
    }
    if (regression != null) {
      text.append("; ").append(regression.rule()).append(" in ").append(percent(regression));
    }
    return text.append('.').toString();
  }

  private static String percent(RuleScore score) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * score.accuracy());
  }
}
