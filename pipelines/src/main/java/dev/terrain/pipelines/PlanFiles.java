package dev.terrain.pipelines;

import dev.terrain.spec.SweepJson;
import dev.terrain.store.ObjectStore;
import dev.terrain.v1.Sweep;
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
 * changed sweep after it. None is ever overwritten; the last one is the study's current plan.
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
   * @throws IOException if the file is corrupt; the message names it
   */
  public Optional<Sweep> current() throws IOException {
    OptionalInt last = lastNumber();
    return last.isPresent() ? Optional.of(read(name(last.getAsInt()))) : Optional.empty();
  }

  /**
   * All plans, the current one last.
   *
   * @throws IOException if a file is corrupt; the message names it
   */
  public List<Sweep> all() throws IOException {
    List<Sweep> plans = new ArrayList<>();
    for (int number : numbers().sorted().toArray()) {
      plans.add(read(name(number)));
    }
    return plans;
  }

  /** Makes a sweep the current plan; writes nothing if it is already. */
  public void freeze(Sweep sweep) throws IOException {
    if (current().filter(sweep::equals).isPresent()) {
      return;
    }
    byte[] text = SweepJson.write(sweep).getBytes(StandardCharsets.UTF_8);
    int number = lastNumber().orElse(0) + 1;
    while (!store.createIfAbsent(name(number), text)) {
      number++;
    }
  }

  private OptionalInt lastNumber() throws IOException {
    return numbers().max();
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

  private Sweep read(String name) throws IOException {
    byte[] bytes = store.read(name).orElseThrow();
    return SweepJson.parse(new String(bytes, StandardCharsets.UTF_8), store.uri(name));
  }
}
