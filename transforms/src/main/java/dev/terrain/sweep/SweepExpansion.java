package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The grid of a sweep: the product of its axes, whose points are the cells, or those of them that
 * its condition {@code only} holds for; times its seeds, which makes the models.
 *
 * <p>The order is that of nested loops over the further axes, the load axis, the temperature axis
 * and the seeds, the last one innermost. Nothing is built before it is asked for.
 */
public final class SweepExpansion {
  private static final int SEED = AxisValues.position(Setting.SEED);

  private final Sweep sweep;
  private final List<GridAxis> axes = new ArrayList<>();
  private final long[] chosen;
  private final long cellCount;

  private SweepExpansion(Sweep sweep) {
    this.sweep = sweep;
    List<Axis> ordered = new ArrayList<>(sweep.getOtherAxes());
    ordered.add(sweep.getLoad());
    ordered.add(sweep.getTemperature());
    long count = 1;
    for (Axis axis : ordered) {
      axes.add(new GridAxis(AxisValues.field(axis.getSetting()).pos(), AxisValues.of(axis)));
      count *= axis.getValues().size();
    }
    this.chosen = sweep.getOnly().isEmpty() ? new long[0] : chosen(count);
    this.cellCount = sweep.getOnly().isEmpty() ? count : chosen.length;
  }

  private long[] chosen(long points) {
    SpecFilter only = SpecFilter.parse(sweep.getOnly());
    return LongStream.range(0, points).filter(point -> only.matches(point(point, 0))).toArray();
  }

  /**
   * The grid of a valid sweep.
   *
   * @throws IllegalArgumentException if an axis has a setting or value that does not exist, or the
   *     condition {@code only} is malformed
   */
  public static SweepExpansion of(Sweep sweep) {
    return new SweepExpansion(sweep);
  }

  /** Number of cells. */
  public long cellCount() {
    return cellCount;
  }

  /** Number of models. */
  public long modelCount() {
    return cellCount * sweep.getSeeds().size();
  }

  /** The cells in their order, each as the spec of its models with seed 0. */
  public Stream<ModelSpec> cells() {
    return LongStream.range(0, cellCount).mapToObj(index -> spec(index, 0));
  }

  /** The models in their order. */
  public Stream<ModelSpec> models() {
    int seeds = sweep.getSeeds().size();
    return LongStream.range(0, modelCount())
        .mapToObj(index -> spec(index / seeds, sweep.getSeeds().get((int) (index % seeds))));
  }

  /** The models of one cell, in the order of the seeds. */
  public Stream<ModelSpec> models(ModelSpec cell) {
    return sweep.getSeeds().stream().map(seed -> copy(cell, seed));
  }

  private ModelSpec spec(long cell, long seed) {
    return point(sweep.getOnly().isEmpty() ? cell : chosen[(int) cell], seed);
  }

  private ModelSpec point(long point, long seed) {
    ModelSpec spec = copy(sweep.getBase(), seed);
    long rest = point;
    for (int i = axes.size() - 1; i >= 0; i--) {
      List<Object> values = axes.get(i).values();
      spec.put(axes.get(i).field(), values.get((int) (rest % values.size())));
      rest /= values.size();
    }
    return spec;
  }

  /** Shares the values, which never change; Avro's builder would copy each of them. */
  private static ModelSpec copy(ModelSpec spec, long seed) {
    ModelSpec copy = new ModelSpec();
    for (int field = 0; field < spec.getSchema().getFields().size(); field++) {
      copy.put(field, spec.get(field));
    }
    copy.put(SEED, seed);
    return copy;
  }

  /**
   * One axis.
   *
   * @param field position of the setting's field in the spec
   */
  private record GridAxis(int field, List<Object> values) {}
}
