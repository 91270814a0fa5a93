package dev.terrain.study;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.store.ObjectStore;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whose rows the tables of a study hold, beside the plan that the study has now: another while a
 * run of a changed sweep has not come to its end, or where two sweeps ran at once.
 */
public final class TablesStanding {
  private final ObjectStore store;
  private final PlanFiles plans;
  private final Optional<TablesOwner> owner;

  private TablesStanding(ObjectStore store, Optional<TablesOwner> owner) {
    this.store = store;
    this.plans = new PlanFiles(store);
    this.owner = owner;
  }

  /**
   * Finds out about a study.
   *
   * @throws DamagedTablesException if its manifest is damaged
   */
  public static TablesStanding of(ObjectStore store) throws IOException {
    return new TablesStanding(store, new StoredManifest(store).read().map(TablesManifest::owner));
  }

  /** Whose rows they are; empty if the study has no tables, or only those of a stream. */
  public Optional<TablesOwner> owner() {
    return owner;
  }

  /**
   * The sweep whose rows they are: the current plan if it differs in its checks at most; empty if
   * nobody knows.
   *
   * @throws IOException if the plan is missing or damaged
   */
  public Optional<Sweep> sweep() throws IOException {
    Optional<Sweep> current = plans.current().map(FrozenPlan::sweep);
    if (owner.isEmpty() || owner.get().plan() == null) {
      return current;
    }
    String name = owner.get().plan();
    Sweep own =
        plans
            .find(name)
            .map(FrozenPlan::sweep)
            .orElseThrow(
                () ->
                    new IOException(
                        "%s is missing, the plan of the tables in %s; 'terrain run SWEEP --out STUDY' writes both"
                            .formatted(store.uri(name), store.uri("tables"))));
    return Optional.of(current.filter(other -> isOfTheSameRows(own, other)).orElse(own));
  }

  /** Checks look at tables and change nothing in them. */
  private static boolean isOfTheSameRows(Sweep one, Sweep other) {
    return Sweep.newBuilder(one)
        .setChecks(List.of())
        .build()
        .equals(Sweep.newBuilder(other).setChecks(List.of()).build());
  }

  /** What is to be known by who takes them for those of the current plan; empty if they are. */
  public Optional<String> difference() throws IOException {
    Optional<Sweep> current = plans.current().map(FrozenPlan::sweep);
    if (current.isEmpty()
        || sweep().filter(own -> isOfTheSameRows(own, current.get())).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "the tables hold the rows of %s, not those of the study's current plan (%s, sweep '%s')"
            .formatted(
                owner.orElseThrow(), plans.currentName().orElseThrow(), current.get().getName()));
  }

  /**
   * Makes sure that the tables may be taken for those of a sweep.
   *
   * @throws IllegalArgumentException if they hold the rows of another one alone
   */
  public void checkAre(Sweep sweep) throws IOException {
    Optional<Sweep> own = owner.isEmpty() ? Optional.empty() : sweep();
    boolean others =
        store.list("tables/").stream().anyMatch(name -> name.contains("/" + AppendTables.PREFIX));
    if (own.isPresent() && !others && !isOfTheSameRows(own.get(), sweep)) {
      throw new IllegalArgumentException(
          "the tables in %s hold the rows of %s, not those of this sweep ('%s'); 'terrain run' with it writes its own"
              .formatted(store.uri("tables"), owner.get(), sweep.getName()));
    }
  }
}
