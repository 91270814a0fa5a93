package dev.terrain.pipelines;

import dev.terrain.store.CorruptRecordException;
import dev.terrain.store.Ledger;
import dev.terrain.store.RecordSummary;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the units of one stage. */
final class StageCount {
  private static final int EXAMPLES = 20;
  private static final int TIMED_UNITS = 100;

  private final Sweep sweep;
  private final List<String> keysDone = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Map<UnitState, Integer> states = new EnumMap<>(UnitState.class);
  private final List<String> examples = new ArrayList<>();
  private int done;
  private int skipped;
  private int givenUp;
  private int resumable;
  private long milliseconds;
  private int timed;

  StageCount(Sweep sweep) {
    this.sweep = sweep;
  }

  void add(UnitStanding standing) {
    switch (standing.fate()) {
      case REMEMBER -> {
        done++;
        if (keysDone.size() < TIMED_UNITS) {
          keysDone.add(standing.unit().getKey());
        }
        return;
      }
      case COMPUTE -> {
        missing.add(standing.unit().getKey());
        if (standing.isResumable() && standing.state() != UnitState.FAILED) {
          resumable++;
        }
      }
      case SKIP -> skipped++;
      case GIVE_UP -> givenUp++;
    }
    states.merge(standing.state(), 1, Integer::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(describe(standing));
    }
  }

  private String describe(UnitStanding standing) {
    String name = UnitName.of(standing.unit().getModels(), sweep);
    String detail = standing.detail().map(text -> " (" + text + ")").orElse("");
    String progress = standing.isResumable() ? ", goes on from saved progress" : "";
    return name + ": " + standing.state() + detail + progress;
  }

  void time(RecordSummary record) {
    milliseconds += record.durationMs();
    timed++;
  }

  StagePlan plan(String stage, Ledger ledger) throws IOException {
    if (timed == 0) {
      for (String key : keysDone) {
        time(stage, key, ledger);
      }
    }
    return new StagePlan(
        stage,
        done,
        missing,
        skipped,
        givenUp,
        states,
        resumable,
        examples,
        timed == 0 ? null : Duration.ofMillis(milliseconds / timed));
  }

  private void time(String stage, String key, Ledger ledger) throws IOException {
    try {
      ledger.summary(stage, key).ifPresent(this::time);
    } catch (CorruptRecordException e) {
      // The others tell the mean time as well.
      return;
    }
  }
}
