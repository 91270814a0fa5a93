package dev.terrain.beam.units;

import dev.terrain.sweep.SpecFilter;
import dev.terrain.v1.Unit;
import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the units that the ledger lacks a run computes. The others stay as they are: the ledger
 * still gives those that it has, so tables hold all that is known of a sweep.
 *
 * <p>Shards and the limit go by cells, whose models belong together, and by the digits of their
 * ids, so that either gives a sample that is spread over the whole grid.
 *
 * @param stages names of the stages whose units are computed; null for all
 * @param only what all models of a unit fulfil; null for no condition
 * @param shard the part of the cells, from 1 to {@code shards}
 * @param shards parts that the cells are divided into, which together hold every cell once
 * @param lastCell greatest id of a cell; null for all
 */
public record UnitSelection(
    @Nullable Set<String> stages,
    @Nullable SpecFilter only,
    int shard,
    int shards,
    @Nullable String lastCell)
    implements Serializable {
  /** Every unit. */
  public static final UnitSelection ALL = new UnitSelection(null, null, 1, 1, null);

  /** Hexadecimal digits of a cell's id that tell its shard. */
  private static final int SHARD_DIGITS = 8;

  /** Checks the shard. */
  public UnitSelection {
    if (shard < 1 || shard > shards) {
      throw new IllegalArgumentException(
          "shard (%d/%d) must be from 1/%d to %d/%d"
              .formatted(shard, shards, shards, shards, shards));
    }
  }

  /** Only units of these stages. Default: all. */
  public UnitSelection withStages(Collection<String> names) {
    return new UnitSelection(Set.copyOf(names), only, shard, shards, lastCell);
  }

  /** Only units whose models all fulfil a condition. Default: none is asked of them. */
  public UnitSelection withOnly(SpecFilter condition) {
    return new UnitSelection(stages, condition, shard, shards, lastCell);
  }

  /**
   * Only the cells of one of several shards, which together hold every cell once.
   *
   * @param number from 1 to {@code count}
   */
  public UnitSelection withShard(int number, int count) {
    return new UnitSelection(stages, only, number, count, lastCell);
  }

  /** Only cells whose ids are at most this one. Default: all. */
  public UnitSelection withLastCell(String cellId) {
    return new UnitSelection(stages, only, shard, shards, cellId);
  }

  /** Whether a unit is computed if the ledger lacks it. */
  public boolean admits(Unit unit) {
    return (stages == null || stages.contains(unit.getStage()))
        && (lastCell == null || unit.getCellId().compareTo(lastCell) <= 0)
        && (shards == 1 || shardOf(unit.getCellId()) == shard)
        && (only == null
            || unit.getModels().stream().allMatch(model -> only.matches(model.getSpec())));
  }

  private int shardOf(String cellId) {
    return 1 + (int) (Long.parseLong(cellId.substring(0, SHARD_DIGITS), 16) % shards);
  }
}
