package dev.terrain.stage;

import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** One kind of expensive work: a function from a unit to the rows that it adds to the tables. */
public interface Stage extends Serializable {
  /** Name of the stage: a folder of the ledger, a column of the table of failures. */
  String name();

  /** Declared version of its code: raised whenever the same inputs would give other rows. */
  int codeVersion();

  /**
   * What a unit costs beside others: its time in seconds on the nominal processor, without that of
   * reading its models.
   *
   * @param cost what the networks and data of its cell cost
   */
  double nominalSeconds(Unit unit, CellCost cost);

  /** Whether a unit takes more epochs than its setting says. Default: it does not. */
  default Optional<Prolongation> prolongation(Unit unit) {
    return Optional.empty();
  }

  /**
   * Computes a unit. The same unit gives the same rows, times aside, whoever computes it.
   *
   * @throws IOException if the store fails or holds something corrupt
   */
  UnitResult compute(Unit unit, StageContext context) throws IOException;

  /** Called once the unit's result is in the ledger. */
  default void recorded(Unit unit, StageContext context) throws IOException {}
}
