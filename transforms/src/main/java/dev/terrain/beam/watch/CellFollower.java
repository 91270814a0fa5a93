package dev.terrain.beam.watch;

import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.CellModels;
import dev.terrain.v1.FrameModels;
import dev.terrain.v1.ModelNews;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the models of one cell as they are asked for and trained, and names the units that can be
 * measured by then: what is of one model when that is trained, and whatever depends on the whole
 * cell when every model asked for has ended. A later request lets the cell grow: what depends on
 * the whole cell is then named again for all of it.
 *
 * <p>No unit is named twice, however many frames ask for it.
 */
final class CellFollower {
  private final Stages stages;
  private final CellModels cell;
  private final Set<String> named;
  private final List<Unit> units = new ArrayList<>();
  private final List<CellDemand> demands = new ArrayList<>();

  /**
   * @param cell what is remembered of the cell, null at first
   */
  CellFollower(@Nullable CellModels cell, Stages stages) {
    this.stages = stages;
    this.cell =
        cell == null
            ? new CellModels(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>())
            : cell;
    this.named = new HashSet<>(this.cell.getNamed());
  }

  /** Takes in what happened to one model. */
  void hear(ModelNews news) {
    if (news.getRequest() != null) {
      add(news.getRequest());
    } else if (news.getTrained() != null) {
      if (!hasEnded(news.getTrained().getModelId())) {
        cell.getTrained().add(news.getTrained());
      }
    } else if (!hasEnded(news.getEnded())) {
      cell.getEnded().add(news.getEnded());
    }
    cell.getFrames().forEach(this::review);
  }

  /** What is to be remembered. */
  CellModels cell() {
    return cell;
  }

  /** The units that can be measured now and could not before. */
  List<Unit> units() {
    return units;
  }

  /** The demands that have changed. */
  List<CellDemand> demands() {
    return demands;
  }

  private void add(ModelRequest request) {
    Optional<FrameModels> known =
        cell.getFrames().stream()
            .filter(frame -> frame.getFrame().equals(request.getFrame()))
            .findFirst();
    FrameModels models =
        known.orElseGet(
            () ->
                new FrameModels(
                    request.getFrame(), request.getSpec(), new ArrayList<>(), new ArrayList<>()));
    if (known.isEmpty()) {
      cell.getFrames().add(models);
    }
    String modelId = Fingerprints.modelId(request.getSpec());
    if (!models.getModelIds().contains(modelId)) {
      models.getModelIds().add(modelId);
    }
  }

  private boolean hasEnded(String modelId) {
    return cell.getEnded().contains(modelId)
        || cell.getTrained().stream().anyMatch(model -> model.getModelId().equals(modelId));
  }

  private void review(FrameModels models) {
    demand(models, TrainStage.NAME, models.getModelIds().size(), models.getModelIds());
    Set<String> ids = new HashSet<>(models.getModelIds());
    List<ModelRef> trained =
        cell.getTrained().stream().filter(model -> ids.contains(model.getModelId())).toList();
    boolean complete = models.getModelIds().stream().allMatch(this::hasEnded);
    for (ConfiguredStage<?> measurement : CellPlan.of(models.getFrame(), stages).measurements()) {
      List<Unit> wanted = measurement.units(trained, complete);
      if (!wanted.isEmpty()) {
        name(models, measurement.stage().name(), trained.size(), wanted);
      }
    }
  }

  private void name(FrameModels models, String stage, int size, List<Unit> wanted) {
    for (Unit unit : wanted) {
      if (named.add(unit.getKey())) {
        cell.getNamed().add(unit.getKey());
        units.add(unit);
      }
    }
    demand(models, stage, size, wanted.stream().map(Unit::getKey).toList());
  }

  private void demand(FrameModels models, String stage, int size, List<String> keys) {
    List<CellDemand> last = models.getDemands();
    int place = 0;
    while (place < last.size() && !last.get(place).getStage().equals(stage)) {
      place++;
    }
    boolean first = place == last.size();
    if (!first && last.get(place).getUnits().equals(keys)) {
      return;
    }
    int generation = first ? 1 : last.get(place).getGeneration() + 1;
    CellDemand demand =
        new CellDemand(
            models.getFrame(), models.getSpec(), stage, generation, size, List.copyOf(keys));
    if (first) {
      last.add(demand);
    } else {
      last.set(place, demand);
    }
    demands.add(demand);
  }
}
