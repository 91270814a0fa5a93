package dev.terrain.cli;

import dev.terrain.beam.units.RunControl;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.plan.CellBudget;
import dev.terrain.plan.Forcing;
import dev.terrain.stage.standard.Stages;
import dev.terrain.sweep.SpecFilter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which of the missing units a run computes, and what it computes anew. */
final class ControlOptions {
  private static final Pattern SHARD = Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,8})");

  @Option(
      names = "--only",
      paramLabel = "CONDITION",
      description =
          "Compute only what concerns models whose settings fulfil this, such as 'width >= 32 &&"
              + " batch_size < 128'. Tables keep what is known of the others.")
  private String only;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      description = "Compute no stage after this one: ${COMPLETION-CANDIDATES}, in this order.",
      completionCandidates = StageNames.class)
  private String until;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Compute only the I-th of N parts of the cells; N runs share the work without asking one"
              + " another.")
  private String shard;

  @Option(
      names = "--max-models",
      paramLabel = "N",
      description = "Train at most N models, whole cells at a time, spread over the grid.")
  private Integer maxModels;

  @Option(
      names = "--max-hours",
      paramLabel = "HOURS",
      description = "Compute no more cells than take so long, as 'terrain plan' estimates.")
  private Double maxHours;

  @Option(
      names = "--force",
      arity = "0..1",
      paramLabel = "STAGE,…",
      split = ",",
      fallbackValue = "all",
      description =
          "Compute these stages (by default all) anew for the selected models, though they are"
              + " done.")
  private List<String> force = List.of();

  @Option(
      names = "--force-downstream",
      description = "With --force=train: also whatever builds on those trainings.")
  private boolean forceDownstream;

  @Option(
      names = "--rerun-failed",
      description = "Try units that failed once more, however often they have failed.")
  private boolean rerunFailed;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "" + RunControl.DEFAULT_MAX_ATTEMPTS,
      description =
          "Give a unit up that has failed so often, a run counting once. Default:"
              + " ${DEFAULT-VALUE}.")
  private int maxAttempts;

  @Option(
      names = "--fail-fast",
      description =
          "Begin no unit after the first failure; those under way are finished. Default: the others"
              + " go on (--keep-going).")
  private boolean failFast;

  @Option(names = "--keep-going", description = "Go on after failures, as is the default.")
  private boolean keepGoing;

  /** The stages in their order, for help. */
  static final class StageNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stages.standard().names().iterator();
    }
  }

  RunControl control() {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("--max-attempts (" + maxAttempts + ") must be at least 1");
    }
    if (failFast && keepGoing) {
      throw new IllegalArgumentException("--fail-fast and --keep-going exclude one another");
    }
    RunControl control =
        RunControl.STANDARD
            .withSelection(selection())
            .withMaxAttempts(maxAttempts)
            .withRerunFailed(rerunFailed);
    return failFast ? control.withStopMarker("stop/" + UUID.randomUUID()) : control;
  }

  private UnitSelection selection() {
    UnitSelection selection = UnitSelection.ALL;
    if (only != null) {
      selection = selection.withOnly(condition());
    }
    if (until != null) {
      checkStage("--until", until);
      selection =
          selection.withStages(
              Stages.standard().names().subList(0, Stages.standard().names().indexOf(until) + 1));
    }
    if (shard != null) {
      Matcher parts = SHARD.matcher(shard);
      if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
        throw new IllegalArgumentException(
            "--shard (" + shard + ") must be I/N with I from 1 to N, such as 1/3");
      }
      selection =
          selection.withShard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }
    return selection;
  }

  private SpecFilter condition() {
    try {
      return SpecFilter.parse(only);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--only " + e.getMessage(), e);
    }
  }

  private static void checkStage(String option, String stage) {
    if (!Stages.standard().names().contains(stage)) {
      throw new IllegalArgumentException(
          "%s (%s) must be one of %s"
              .formatted(option, stage, String.join(", ", Stages.standard().names())));
    }
  }

  Forcing forcing() {
    Set<String> stages = new TreeSet<>();
    for (String stage : force) {
      if (stage.equals("all")) {
        stages.addAll(Stages.standard().names());
      } else {
        checkStage("--force", stage);
        stages.add(stage);
      }
    }
    if (forceDownstream && stages.isEmpty()) {
      throw new IllegalArgumentException("--force-downstream needs --force");
    }
    return new Forcing(stages, forceDownstream);
  }

  CellBudget budget(int workers) {
    if (maxModels != null && maxModels < 1) {
      throw new IllegalArgumentException("--max-models (" + maxModels + ") must be at least 1");
    }
    if (maxHours != null && !(maxHours > 0 && maxHours < 1e6)) {
      throw new IllegalArgumentException("--max-hours (" + maxHours + ") must be above 0");
    }
    return new CellBudget(
        maxModels == null ? OptionalInt.empty() : OptionalInt.of(maxModels),
        Optional.ofNullable(maxHours).map(hours -> Duration.ofNanos(Math.round(hours * 3.6e12))),
        workers);
  }
}
