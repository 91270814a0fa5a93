package dev.terrain.stage.standard;

import dev.terrain.model.Architectures;
import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.stage.CellNetwork;
import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.training.CellData;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SettingPaths;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between a sweep, the data that its models are trained on and the networks that
 * they are: whatever would otherwise only show in units that fail.
 */
public final class DataRules {
  private final CellPlan plan;
  private final @Nullable String location;
  private final SettingPaths paths;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Set<List<Object>> seen = new HashSet<>();

  private DataRules(Sweep sweep, @Nullable String location) {
    this.plan = CellPlan.of(sweep);
    this.location = location;
    this.paths = SettingPaths.of(sweep);
  }

  /**
   * Checks a sweep against its data.
   *
   * @param sweep valid in itself
   * @param location folder or {@code gs://} prefix of the data set's files; null for where they are
   *     by default
   * @throws InvalidSweepException with all that is wrong, by the paths of the settings
   * @throws IOException if a data set is missing or corrupt
   */
  public static void check(Sweep sweep, @Nullable String location) throws IOException {
    DataRules rules = new DataRules(sweep, location);
    for (ModelSpec cell : (Iterable<ModelSpec>) SweepExpansion.of(sweep).cells()::iterator) {
      rules.check(cell);
    }
    if (!rules.problems.isEmpty()) {
      throw new InvalidSweepException(sweep.getName(), List.copyOf(rules.problems));
    }
  }

  private void check(ModelSpec cell) throws IOException {
    // A data set that cannot be read is another matter than a sweep that does not fit it.
    CellData.sha256(cell, location);
    List<Object> network = List.of(cell.getDataset(), Architectures.of(cell).identity(cell));
    List<Object> batches =
        List.of(network, cell.getDataFraction(), cell.getBatchSize(), cell.getIncompleteBatch());
    if (!seen.add(batches)) {
      return;
    }
    int images;
    ImageShape shape;
    try {
      CellData data = CellData.of(cell, location);
      images = data.training().size();
      shape = data.shape();
    } catch (IllegalArgumentException e) {
      add(cell, "data_fraction", String.valueOf(e.getMessage()));
      return;
    }
    Optional<Network> built = network(cell, shape);
    if (built.isEmpty()) {
      return;
    }
    CellNetwork placed = new CellNetwork(cell, shape, built.get());
    checkBatches(placed, images);
    if (seen.add(network)) {
      plan.measurements().forEach(measurement -> check(measurement, placed));
    }
  }

  private void check(ConfiguredStage<?> measurement, CellNetwork cell) {
    measurement
        .problem(cell)
        .ifPresent(
            found -> problem(measurement.stage().name() + "." + found.setting(), found.message()));
  }

  private Optional<Network> network(ModelSpec cell, ImageShape shape) {
    try {
      Network network = Network.of(cell, shape);
      network.dimension();
      return Optional.of(network);
    } catch (IllegalArgumentException e) {
      add(cell, "architecture", String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      add(
          cell,
          "width",
          "%d gives %s more parameters than the 2147483647 that one may have"
              .formatted(cell.getWidth(), cell.getArchitecture()));
    }
    return Optional.empty();
  }

  private void checkBatches(CellNetwork placed, int images) {
    ModelSpec cell = placed.spec();
    int size = cell.getBatchSize();
    boolean keep = cell.getIncompleteBatch().equals("keep");
    if (size > images && !keep) {
      add(
          cell,
          "batch_size",
          "batch_size (%d) must be at most the number of training images of %s (%d), or incomplete_batch must be 'keep'"
              .formatted(size, cell.getDataset(), images));
      return;
    }
    if (!placed.normalisesSingleValues()) {
      return;
    }
    String cannot = placed.cannotTakeSingleImages();
    if (size == 1) {
      add(cell, "batch_size", "1: " + cannot + "; must be at least 2");
    } else if (keep && images % size == 1) {
      add(
          cell,
          "batch_size",
          "%d leaves one of the %d training images of %s for the last batch, and %s; set incomplete_batch: skip, or take another batch_size"
              .formatted(size, images, cell.getDataset(), cannot));
    }
  }

  private void add(ModelSpec cell, String setting, String message) {
    problem(paths.of(cell, setting), message);
  }

  private void problem(String path, String message) {
    problems.add(new Problem(0, 0, path, message));
  }
}
