package dev.terrain.stage.standard;

import dev.terrain.data.InvalidDataException;
import dev.terrain.model.Architectures;
import dev.terrain.model.Network;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.Prolongation;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
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
  private final Map<SettingsText, Optional<Measured<?>>> measured = new HashMap<>();
  private final Set<String> absent = new HashSet<>();
  private String lastCell = "";
  private @Nullable CellCost lastCost;

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
      CellCost cost = costOfCell(unit, spec);
      Optional<Measured<?>> stage = measured(unit);
      return unit.getModels().size() * cost.load()
          + (stage.isPresent()
              ? stage.get().nominalSeconds(unit, cost)
              : stages.named(unit.getStage()).nominalSeconds(unit, cost));
    } catch (InvalidDataException e) {
      absent.add(spec.getDataset());
      return WITHOUT_DATA;
    }
  }

  /** Whether a unit takes more epochs than its setting says, as its stage tells. */
  public Optional<Prolongation> prolongation(Unit unit) {
    Optional<Measured<?>> stage = measured(unit);
    return stage.isPresent()
        ? stage.get().prolongation(unit)
        : stages.named(unit.getStage()).prolongation(unit);
  }

  /** The settings of many units are one text, which is read once. */
  private record SettingsText(String stage, String settings) {}

  /** A measurement with settings that are read. */
  private record Measured<S extends SpecificRecord>(MeasurementStage<S> stage, S settings) {
    static <S extends SpecificRecord> Measured<S> of(MeasurementStage<S> stage, Unit unit) {
      return new Measured<>(stage, stage.settings(unit));
    }

    double nominalSeconds(Unit unit, CellCost cost) {
      return stage.nominalSeconds(unit, settings, cost);
    }

    Optional<Prolongation> prolongation(Unit unit) {
      return stage.prolongation(unit, settings);
    }
  }

  /** Empty for what comes before measuring. */
  private Optional<Measured<?>> measured(Unit unit) {
    return measured.computeIfAbsent(
        new SettingsText(unit.getStage(), unit.getSettings()),
        text -> stages.measurement(unit.getStage()).map(stage -> Measured.of(stage, unit)));
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

  /** Units come cell by cell. */
  private CellCost costOfCell(Unit unit, ModelSpec spec) throws IOException {
    CellCost cost = lastCost;
    if (cost == null || !lastCell.equals(unit.getCellId())) {
      cost = cost(spec);
      lastCost = cost;
      lastCell = unit.getCellId();
    }
    return cost;
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
