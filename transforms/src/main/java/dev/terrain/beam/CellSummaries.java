package dev.terrain.beam;

import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.stage.standard.Stages;
import dev.terrain.taxonomy.CellIdentity;
import dev.terrain.taxonomy.CellMetrics;
import dev.terrain.taxonomy.CellSummary;
import dev.terrain.v1.CellRows;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/** Makes the rows that the tables have of cells, by what the stages say of their metrics. */
public final class CellSummaries {
  private final CellMetrics metrics;

  /** Summaries of what these stages measure. */
  public CellSummaries(Stages stages) {
    MetricCatalogue catalogue = MetricCatalogue.of(stages);
    metrics = new CellMetrics((metric, subject) -> catalogue.summary(metric, subject).toString());
  }

  /**
   * The rows of the cell that a spec belongs to, with revision 0.
   *
   * @param sweep with its axes and thresholds
   * @param measurements all rows of the cell: of its models and of their pairs
   * @param models the cell's rows of the table of models, one a model
   * @throws IllegalArgumentException if the measurements do not fit together; the message says why
   */
  public CellRows of(
      Sweep sweep, ModelSpec spec, Collection<Measurement> measurements, Collection<Model> models) {
    CellIdentity cell = CellIdentities.of(sweep, spec);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new CellRows(
        new CellSummary(sweep.getTaxonomy()).summarise(cell, measurements, models, now),
        metrics.summarise(cell, measurements, now));
  }
}
