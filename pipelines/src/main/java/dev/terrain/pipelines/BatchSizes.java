package dev.terrain.pipelines;

import dev.terrain.spec.SweepExpansion;
import dev.terrain.stage.CellData;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether every model of a sweep has images, and a batch of them, to train on: an epoch without a
 * single batch would only show once everything else has run.
 */
final class BatchSizes {
  private BatchSizes() {}

  /**
   * Checks a sweep.
   *
   * @throws IllegalArgumentException if a cell's data fraction leaves no image, or its batch is
   *     larger than its data set, and such batches are skipped
   * @throws IOException if a data set is missing or corrupt
   */
  static void check(Sweep sweep, String dataLocation) throws IOException {
    Map<List<Object>, Integer> sizes = new HashMap<>();
    for (ModelSpec cell : (Iterable<ModelSpec>) SweepExpansion.of(sweep).cells()::iterator) {
      List<Object> data = List.of(cell.getDataset(), cell.getDataFraction());
      Integer images = sizes.get(data);
      if (images == null) {
        images = CellData.trainingSize(cell, dataLocation);
        sizes.put(data, images);
      }
      if (cell.getIncompleteBatch().equals("skip") && cell.getBatchSize() > images) {
        throw new IllegalArgumentException(
            "batch_size (%d) must be at most the number of training images of %s (%d), or incomplete_batch must be 'keep'"
                .formatted(cell.getBatchSize(), cell.getDataset(), images));
      }
    }
  }
}
