package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * C5. Four parts, each by {@link OrderedTrend} over cells that differ in one setting alone: mode
 * connectivity of converged cells rises with the width; CKA of converged cells rises with the
 * amount of data; fewer cells are both converged and connected as data grow, so that they need a
 * larger model; mode connectivity of converged cells falls with the label noise. Contradicted if
 * one goes the other way, supported if one goes as claimed. Mode connectivity itself is not
 * compared between amounts of data: in the study's released numbers it jumps there for reasons of
 * how the paths were trained.
 */
final class BetterConnectivity implements Claim {
  @Override
  public String number() {
    return "C5";
  }

  @Override
  public String statement() {
    return "Width and cleaner labels improve connectivity; more data make models more alike, but"
        + " need larger ones to stay connected.";
  }

  @Override
  public Finding decide(List<PhasedDiagram> diagrams) {
    List<Finding> parts = new ArrayList<>();
    parts.add(PoorConnectivity.connectivity(diagrams, Setting.WIDTH, true));
    Ladders data = Ladders.of(Setting.DATA, diagrams);
    if (data.isEmpty()) {
      parts.add(Finding.missing(data.missing()));
    } else {
      parts.add(similarity(data));
      parts.add(globallyConnected(data));
    }
    parts.add(PoorConnectivity.connectivity(diagrams, Setting.LABEL_NOISE, false));
    return Finding.all(parts);
  }

  private static Finding similarity(Ladders data) {
    return OrderedTrend.of(data.where(Rung::isConverged), "cka", rung -> rung.cell().mean("cka"))
        .finding(true);
  }

  private static Finding globallyConnected(Ladders data) {
    return OrderedTrend.of(
            data, "being converged and connected", BetterConnectivity::globallyConnected)
        .finding(false);
  }

  private static @Nullable Double globallyConnected(Rung rung) {
    Boolean converged = rung.diagram().isConverged(rung.cell());
    Boolean connected = rung.diagram().isConnected(rung.cell());
    return converged == null || connected == null
        ? null
        : Double.valueOf(converged && connected ? 1 : 0);
  }
}
