package dev.terrain.plan;

import dev.terrain.beam.units.UnitSelection;
import dev.terrain.checks.PlannedUnits;
import dev.terrain.stage.Provenance;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.training.Units;
import dev.terrain.study.SweepData;
import dev.terrain.study.UnitName;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.tables.Table;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;

/** The units of work that a sweep asks for, named as the pipeline names them. */
public final class SweepUnits {
  private SweepUnits() {}

  /**
   * The trainings of a cell's models.
   *
   * @throws IOException if a data set is not known, and missing or corrupt
   */
  static List<Unit> trainings(ModelSpec cell, SweepExpansion expansion, SweepData data)
      throws IOException {
    String sha256 = data.sha256(cell.getDataset());
    String cellId = Fingerprints.cellId(cell);
    return expansion.models(cell).map(spec -> Units.train(spec, cellId, sha256)).toList();
  }

  /**
   * Fingerprint of all that decides what the tables of a finished sweep hold: the sweep but for its
   * checks, every key (and so data and the stages' code), the tables' schemas and Terrain's
   * version.
   *
   * @throws IOException if a data set is not known, and missing or corrupt
   */
  public static String fingerprint(Sweep sweep, SweepData data) throws IOException {
    SweepExpansion expansion = SweepExpansion.of(sweep);
    CellPlan plan = CellPlan.of(sweep);
    List<String> keys = new PackedKeys();
    OrderedChunks.forEach(
        expansion.cells(),
        cell -> ofCell(trainings(cell, expansion, data), Set.of(), plan),
        cells -> cells.forEach(units -> units.forEach(unit -> keys.add(unit.getKey()))));
    List<String> schemas =
        Arrays.stream(Table.values())
            .map(table -> SchemaNormalization.toParsingForm(table.schema()))
            .toList();
    Sweep unchecked = Sweep.newBuilder(sweep).setChecks(List.of()).build();
    return Fingerprints.of("tables", Provenance.TERRAIN_VERSION, unchecked, keys, schemas);
  }

  /**
   * The units of a sweep that a selection admits; those that measure diverged models are not asked
   * for.
   */
  public static PlannedUnits planned(Sweep sweep, SweepData data, UnitSelection selection) {
    SweepExpansion expansion = SweepExpansion.of(sweep);
    CellPlan plan = CellPlan.of(sweep);
    return (diverged, consumer) ->
        OrderedChunks.forEach(
            expansion.cells(),
            cell -> ofCell(trainings(cell, expansion, data), diverged, plan),
            cells ->
                cells.stream()
                    .flatMap(List::stream)
                    .filter(selection::admits)
                    .forEach(
                        unit ->
                            consumer.accept(
                                unit.getKey(),
                                unit.getStage() + " of " + UnitName.of(unit.getModels(), sweep))));
  }

  private static List<Unit> ofCell(List<Unit> trainings, Set<String> diverged, CellPlan plan) {
    List<ModelRef> models =
        trainings.stream()
            .map(unit -> unit.getModels().get(0))
            .filter(model -> !diverged.contains(model.getModelId()))
            .toList();
    return Stream.concat(trainings.stream(), plan.units(models, true).stream()).toList();
  }
}
