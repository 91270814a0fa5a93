package dev.terrain.beam;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** What summaries of cells give: each summary with all its metrics, or the failure to make it. */
public final class SummarisedCells implements POutput {
  private final PCollection<Cell> cells;
  private final PCollection<CellMetric> metrics;
  private final PCollection<Failure> failures;

  public SummarisedCells(
      PCollection<Cell> cells, PCollection<CellMetric> metrics, PCollection<Failure> failures) {
    this.cells = cells;
    this.metrics = metrics;
    this.failures = failures;
  }

  /** Rows of the table of cells. */
  public PCollection<Cell> cells() {
    return cells;
  }

  /** Rows of the table of the cells' metrics. */
  public PCollection<CellMetric> metrics() {
    return metrics;
  }

  /** The cells that could not be summarised, of stage {@link SummariseCells#STAGE}. */
  public PCollection<Failure> failures() {
    return failures;
  }

  @Override
  public Pipeline getPipeline() {
    return cells.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(
        new TupleTag<>("cells"),
        cells,
        new TupleTag<>("metrics"),
        metrics,
        new TupleTag<>("failures"),
        failures);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
