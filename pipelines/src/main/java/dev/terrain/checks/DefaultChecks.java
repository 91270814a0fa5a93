package dev.terrain.checks;

import dev.terrain.v1.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that are made of every sweep, each unless the sweep has one of the same kind: that there
 * is a row of every unit that was planned, and that no more than a tenth of the trained models
 * diverged (our choice: most axes have a hot end). Both only warn, as does that no cell departs
 * from its neighbours where a study is looked at. That a model's file holds what was recorded is an
 * error where it is examined.
 */
public final class DefaultChecks {
  private static final Check COMPLETENESS =
      Check.newBuilder().setCheck("completeness").setSeverity("warn").build();
  private static final Check DIVERGED =
      Check.newBuilder().setCheck("diverged").setShare(0.9).setSeverity("warn").build();
  private static final Check WEIGHTS = Check.newBuilder().setCheck("weights").build();

  private static final Check NEIGHBOURS =
      Check.newBuilder().setCheck("neighbours").setSeverity("warn").build();

  private DefaultChecks() {}

  /** Those of a run, beside the sweep's own. */
  public static List<Check> ofRun(List<Check> own) {
    return without(own, COMPLETENESS, DIVERGED);
  }

  /** Those that need the tables alone, and not the data that the units are named by. */
  public static List<Check> ofTables(List<Check> own) {
    return without(own, DIVERGED);
  }

  /** Those of a study that is looked at, beside the sweep's own: also of files that no table is. */
  public static List<Check> ofStudy(List<Check> own) {
    return without(own, COMPLETENESS, DIVERGED, WEIGHTS, NEIGHBOURS);
  }

  /** Those of cells that were imported. */
  public static List<Check> ofImport() {
    return List.of(NEIGHBOURS);
  }

  private static List<Check> without(List<Check> own, Check... defaults) {
    return Stream.of(defaults)
        .filter(check -> own.stream().noneMatch(o -> o.getCheck().equals(check.getCheck())))
        .toList();
  }
}
