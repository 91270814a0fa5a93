package dev.terrain.taxonomy.trend;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Double descent along one axis. In a line (a row or column) of test accuracies a_1 … a_k the dip
 * at j is min(max_{i&lt;j} a_i, max_{i&gt;j} a_i) - a_j; of each line the largest one is taken, and
 * held against what the noise of the seeds makes in a flat line of as many cells (see {@link
 * SeedNoise}), so that of grids without a dip about one in twenty shows one.
 *
 * @param along the axis along which accuracy is followed
 * @param lines how many rows or columns there are
 * @param shortLines how many of them have an accuracy in fewer than three cells, which tell nothing
 * @param dips the dip of each line that has one, in the order of the lines
 */
public record DoubleDescent(Along along, int lines, int shortLines, List<Dip> dips) {
  private static final int LEAST_CELLS = 3;

  /** Copies the dips. */
  public DoubleDescent {
    dips = List.copyOf(dips);
  }

  /** Looks along one axis of a diagram. */
  public static DoubleDescent of(Diagram diagram, Along along) {
    List<List<DiagramCell>> lines = along.lines(diagram, Quantities.TEST_ACCURACY);
    List<List<DiagramCell>> told =
        lines.stream().filter(line -> line.size() >= LEAST_CELLS).toList();
    List<Dip> dips = new ArrayList<>();
    for (List<DiagramCell> line : told) {
      Dip dip = dip(diagram.name(), along, line, told.size());
      if (dip != null) {
        dips.add(dip);
      }
    }
    return new DoubleDescent(along, lines.size(), lines.size() - told.size(), dips);
  }

  /** The dips that noise does not explain. */
  public List<Dip> beyondNoise() {
    return dips.stream().filter(Dip::isBeyondNoise).toList();
  }

  private static @Nullable Dip dip(
      String slice, Along along, List<DiagramCell> line, int together) {
    double[] accuracies =
        line.stream()
            .flatMap(cell -> cell.value(Quantities.TEST_ACCURACY).stream())
            .mapToDouble(accuracy -> accuracy.mean())
            .toArray();
    Place place = deepest(accuracies);
    if (!(place.size() > 0)) {
      return null;
    }
    DiagramCell bottom = line.get(place.bottom());
    DiagramCell before = line.get(place.before());
    DiagramCell after = line.get(place.after());
    double held = along.held(bottom);
    boolean isBeforeLower = accuracies[place.before()] <= accuracies[place.after()];
    return new Dip(
        along,
        held,
        before,
        bottom,
        after,
        place.size(),
        error(isBeforeLower ? before : after, bottom),
        SeedNoise.of(
            line,
            drawn -> deepest(drawn).size(),
            together,
            String.join("/", slice, along.name(), String.valueOf(held))));
  }

  private static @Nullable Double error(DiagramCell higher, DiagramCell lower) {
    Double ofHigher = SeedNoise.error(higher);
    Double ofLower = SeedNoise.error(lower);
    return ofHigher == null || ofLower == null
        ? null
        : Double.valueOf(Math.hypot(ofHigher, ofLower));
  }

  /** Positions of a dip in its line. */
  private record Place(int before, int bottom, int after, double size) {}

  /** The deepest dip of a line of at least three, whatever its sign. */
  private static Place deepest(double[] accuracies) {
    int[] bestAfter = new int[accuracies.length];
    int best = accuracies.length - 1;
    for (int i = accuracies.length - 2; i > 0; i--) {
      bestAfter[i] = best;
      best = accuracies[i] > accuracies[best] ? i : best;
    }
    Place deepest = new Place(0, 0, 0, Double.NEGATIVE_INFINITY);
    int before = 0;
    for (int i = 1; i < accuracies.length - 1; i++) {
      int after = bestAfter[i];
      double size = Math.min(accuracies[before], accuracies[after]) - accuracies[i];
      if (size > deepest.size()) {
        deepest = new Place(before, i, after, size);
      }
      before = accuracies[i] > accuracies[before] ? i : before;
    }
    return deepest;
  }
}
