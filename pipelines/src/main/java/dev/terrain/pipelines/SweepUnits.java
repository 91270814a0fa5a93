package dev.terrain.pipelines;

import dev.terrain.spec.Fingerprints;
import dev.terrain.spec.SweepExpansion;
import dev.terrain.stage.CellData;
import dev.terrain.stage.Provenance;
import dev.terrain.stage.Units;
import dev.terrain.tables.Table;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.SchemaNormalization;

/** The units of work that a sweep asks for, named as the pipeline names them. */
final class SweepUnits {
  private SweepUnits() {}

  /** The measurements of a cell's trained models. */
  static List<Unit> measurements(List<ModelRef> cell, Sweep sweep) {
    List<Unit> units = new ArrayList<>();
    if (MetricFamily.CURVATURE.isAskedFor(sweep)) {
      cell.forEach(model -> units.add(Units.curvature(model, sweep.getCurvature())));
    }
    if (cell.size() > 1) {
      if (MetricFamily.CONNECTIVITY.isAskedFor(sweep)) {
        units.addAll(Units.connectivity(cell, sweep.getConnectivity()));
      }
      if (MetricFamily.SIMILARITY.isAskedFor(sweep)) {
        units.add(Units.similarity(cell, sweep.getSimilarity()));
      }
      if (MetricFamily.DISTANCE.isAskedFor(sweep)) {
        units.add(Units.distance(cell));
      }
    }
    return units;
  }

  /**
   * Fingerprint of all that decides what the tables of a finished sweep hold: the sweep, every key
   * (and so data and the stages' code), the tables' schemas and Terrain's version.
   *
   * @throws IOException if a data set is missing or corrupt
   */
  static String fingerprint(Sweep sweep, String dataLocation) throws IOException {
    SweepExpansion expansion = SweepExpansion.of(sweep);
    List<String> keys = new ArrayList<>();
    for (ModelSpec cell : (Iterable<ModelSpec>) expansion.cells()::iterator) {
      List<ModelRef> models = new ArrayList<>();
      for (ModelSpec spec : (Iterable<ModelSpec>) expansion.models(cell)::iterator) {
        Unit training = Units.train(spec, CellData.sha256(spec, dataLocation));
        keys.add(training.getKey());
        models.add(training.getModels().get(0));
      }
      measurements(models, sweep).forEach(unit -> keys.add(unit.getKey()));
    }
    List<String> schemas =
        Arrays.stream(Table.values())
            .map(table -> SchemaNormalization.toParsingForm(table.schema()))
            .toList();
    return Fingerprints.of("tables", Provenance.TERRAIN_VERSION, sweep, keys, schemas);
  }
}
