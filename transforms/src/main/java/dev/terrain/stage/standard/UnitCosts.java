package dev.terrain.stage.standard;

import dev.terrain.data.InvalidDataException;
import dev.terrain.model.Architectures;
import dev.terrain.model.Network;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What units cost beside one another: their nominal times in seconds, as each stage says, and those
 * of reading their models.
 *
 * <p>The constants of {@link CellCost} are those of one core of a server processor, fitted to the
 * units of the example {@code digits.yaml}; on another machine all of them are about as much longer
 * or shorter, so times measured there, of whatever stage, scale the nominal ones. What a unit does
 * is taken from its settings: all epochs of a training, though a plateau may end it earlier.
 */
public final class UnitCosts {
  private static final double WITHOUT_DATA = 1;

  private final @Nullable String dataLocation;
  private final Stages stages;
  private final Map<List<Object>, CellCost> costs = new HashMap<>();
  private final Set<String> absent = new HashSet<>();

  /**
   * Of the standard stages.
   *
   * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where it
   *     is by default
   */
  public UnitCosts(@Nullable String dataLocation) {
    this(dataLocation, Stages.standard());
  }

  /** The same of other stages. */
  public UnitCosts(@Nullable String dataLocation, Stages stages) {
    this.dataLocation = dataLocation;
    this.stages = stages;
  }

  /**
   * Nominal time of a unit, in seconds; that of all units alike where the data are not at hand,
   * which a study's plan and standing are known without.
   *
   * @throws IOException if the storage fails
   */
  public double of(Unit unit) throws IOException {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    if (absent.contains(spec.getDataset())) {
      return WITHOUT_DATA;
    }
    try {
      CellCost cost = cost(spec);
      return unit.getModels().size() * cost.load()
          + stages.named(unit.getStage()).nominalSeconds(unit, cost);
    } catch (InvalidDataException e) {
      absent.add(spec.getDataset());
      return WITHOUT_DATA;
    }
  }

  /**
   * Nominal time of one step of a model's training, in seconds.
   *
   * @throws IOException if a data set is missing or corrupt
   */
  public double ofStep(ModelSpec spec) throws IOException {
    CellCost cost = cost(spec);
    return cost.pass(1, Math.min(spec.getBatchSize(), cost.training()), CellCost.GRADIENT);
  }

  private CellCost cost(ModelSpec spec) throws IOException {
    List<Object> settings =
        List.of(spec.getDataset(), spec.getDataFraction(), Architectures.of(spec).identity(spec));
    CellCost known = costs.get(settings);
    if (known == null) {
      CellData data = CellData.of(spec, dataLocation);
      known =
          new CellCost(
              data.trainingSize(),
              data.testSize(),
              Architectures.of(spec).multiplyAdds(spec, data.shape()),
              Network.of(spec, data.shape()).dimension());
      costs.put(settings, known);
    }
    return known;
  }
}
