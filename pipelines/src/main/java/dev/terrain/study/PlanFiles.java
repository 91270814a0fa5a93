package dev.terrain.study;

import dev.terrain.store.ObjectStore;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.v1.Sweep;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The frozen sweeps of a study: {@code plan.json}, and {@code plan-<n>.json} with n from 2 for each
 * changed sweep after it, or for other data. Each names its data and holds its own SHA-256, so that
 * a damaged one is noticed. None is ever overwritten; the last one is the study's current plan.
 */
public final class PlanFiles {
  private static final Pattern NAME = Pattern.compile("plan(?:-([1-9][0-9]{0,8}))?\\.json");

  private final ObjectStore store;

  public PlanFiles(ObjectStore store) {
    this.store = store;
  }

  /**
   * The current plan; empty if the study has none.
   *
   * @throws InvalidSweepException if the file is damaged; the message names it
   */
  public Optional<FrozenPlan> current() throws IOException {
    OptionalInt last = numbers().max();
    return last.isPresent() ? Optional.of(read(name(last.getAsInt()))) : Optional.empty();
  }

  /**
   * All plans, the current one last.
   *
   * @throws InvalidSweepException if a file is damaged; the message names it
   */
  public List<FrozenPlan> all() throws IOException {
    List<FrozenPlan> plans = new ArrayList<>();
    for (int number : numbers().sorted().toArray()) {
      plans.add(read(name(number)));
    }
    return plans;
  }

  /** Name of the current plan's file; empty if the study has none. */
  public Optional<String> currentName() throws IOException {
    OptionalInt last = numbers().max();
    return last.isPresent() ? Optional.of(name(last.getAsInt())) : Optional.empty();
  }

  /**
   * The plan of a file; empty if there is no such file.
   *
   * @throws IllegalArgumentException if it is no plan's name
   * @throws InvalidSweepException if the file is damaged; the message names it
   */
  public Optional<FrozenPlan> find(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no plan's name");
    }
    return store.exists(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /**
   * Makes a sweep of some data the current plan; writes nothing if it is already, wherever the plan
   * says that the data are.
   *
   * @param data the sweep's data sets, one at least
   * @return name of its file
   */
  public String freeze(Sweep sweep, List<PlannedData> data) throws IOException {
    int number = numbers().max().orElse(0);
    if (number > 0 && isOf(read(name(number)), sweep, data)) {
      return name(number);
    }
    byte[] text = PlanText.write(sweep, data).getBytes(StandardCharsets.UTF_8);
    do {
      number++;
    } while (!store.createIfAbsent(name(number), text));
    return name(number);
  }

  /** Whether a sweep of some data is the current plan. */
  public boolean isCurrent(Sweep sweep, List<PlannedData> data) throws IOException {
    return current().filter(plan -> isOf(plan, sweep, data)).isPresent();
  }

  private static boolean isOf(FrozenPlan plan, Sweep sweep, List<PlannedData> data) {
    return plan.sweep().equals(sweep) && plan.hasContent(data);
  }

  private IntStream numbers() throws IOException {
    return store.list("plan").stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .mapToInt(match -> match.group(1) == null ? 1 : Integer.parseInt(match.group(1)));
  }

  private static String name(int number) {
    return number == 1 ? "plan.json" : "plan-" + number + ".json";
  }

  private FrozenPlan read(String name) throws IOException {
    byte[] bytes =
        store
            .read(name)
            .orElseThrow(() -> new FileNotFoundException(store.uri(name) + ": was removed"));
    return PlanText.read(new String(bytes, StandardCharsets.UTF_8), store.uri(name));
  }
}
