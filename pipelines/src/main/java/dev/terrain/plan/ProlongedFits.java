package dev.terrain.plan;

import dev.terrain.stage.ConnectivityStage;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.Unit;
import java.util.List;
import java.util.TreeMap;

/** Gathers the fits of curves that take more epochs than their setting says. */
final class ProlongedFits {
  private final TreeMap<Double, ProlongedFit> byFraction = new TreeMap<>();

  /**
   * Takes in a unit that is to be computed, of any stage.
   *
   * @param nominal its nominal time in seconds
   */
  void add(Unit unit, double nominal) {
    if (!unit.getStage().equals(ConnectivityStage.NAME)) {
      return;
    }
    ConnectivitySettings settings = new ConnectivityStage().settings(unit);
    double fraction = unit.getModels().get(0).getSpec().getDataFraction();
    long epochs = ConnectivityStage.epochs(settings, fraction);
    if (epochs > settings.getEpochs()) {
      byFraction.merge(
          fraction,
          new ProlongedFit(fraction, settings.getEpochs(), epochs, 1, nominal),
          (known, one) -> known.plus(nominal));
    }
  }

  List<ProlongedFit> all() {
    return List.copyOf(byFraction.values());
  }
}
