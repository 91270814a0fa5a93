package dev.terrain.cli;

import dev.terrain.store.ObjectStore;
import dev.terrain.study.TablesStanding;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.TablesOwner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say of a study's tables.
 *
 * @param owner whose rows they hold, if that is known
 * @param note what people should know; empty if they are those of the current plan, or none
 */
record TablesText(Optional<TablesOwner> owner, Optional<String> note) {
  static TablesText of(ObjectStore store) throws IOException {
    try {
      TablesStanding standing = TablesStanding.of(store);
      return new TablesText(standing.owner(), standing.difference());
    } catch (DamagedTablesException e) {
      return new TablesText(Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  /** As JSON; null if nobody knows whose they are. */
  Map<String, Object> facts() {
    if (owner.isEmpty()) {
      return null;
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("sweep", owner.get().sweep());
    facts.put("plan", owner.get().plan());
    facts.put("of_current_plan", note.isEmpty());
    return facts;
  }
}
