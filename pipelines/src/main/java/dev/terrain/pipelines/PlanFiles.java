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

  /** Name of the current plan's file; empty if the study has none. */
  public Optional<String> currentName() throws IOException {
    OptionalInt last = lastNumber();
    return last.isPresent() ? Optional.of(name(last.getAsInt())) : Optional.empty();
  }

  /**
   * The plan of a file; empty if there is no such file.
   *
   * @throws IllegalArgumentException if it is no plan's name
   * @throws IOException if the file is corrupt; the message names it
   */
  public Optional<Sweep> find(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no plan's name");
    }
    return store.exists(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /**
   * Makes a sweep the current plan; writes nothing if it is already.
   *
   * @return name of its file
   */
  public String freeze(Sweep sweep) throws IOException {
    int number = lastNumber().orElse(0);
    if (number > 0 && read(name(number)).equals(sweep)) {
      return name(number);
    }
    byte[] text = SweepJson.write(sweep).getBytes(StandardCharsets.UTF_8);
    do {
      number++;
    } while (!store.createIfAbsent(name(number), text));
    return name(number);
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
