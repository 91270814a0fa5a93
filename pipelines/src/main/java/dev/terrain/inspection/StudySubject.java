package dev.terrain.inspection;

import dev.terrain.plan.UnitStanding;
import dev.terrain.run.SweepRun;
import dev.terrain.sweep.SpecPattern;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an id names in a study, and the units that concern it.
 *
 * @param kind model, cell or unit
 * @param id the whole id
 * @param units the units of the cell, those that the model is part of, or the one unit; in the
 *     order in which a run comes to them
 */
public record StudySubject(Kind kind, String id, List<UnitStanding> units) {
  private static final int LEAST_DIGITS = 4;

  /** Kind of thing that has an id. */
  public enum Kind {
    MODEL,
    CELL,
    UNIT
  }

  /**
   * What the first digits of an id name in a study, or settings, such as {@code width=4,
   * batch_size=32, seed 1}.
   *
   * @throws IllegalArgumentException if these are no digits of an id and no settings, or name
   *     nothing or several things of the sweep
   */
  public static StudySubject find(SweepRun run, String name) throws IOException {
    String digits =
        SpecPattern.isMeantBy(name) ? new SettingsSearch(run, SpecPattern.parse(name)).id() : name;
    checkDigits(digits);
    List<UnitStanding> standings = run.explain(digits);
    Map<String, Kind> named = new TreeMap<>();
    for (UnitStanding standing : standings) {
      Unit unit = standing.unit();
      put(named, digits, unit.getKey(), Kind.UNIT);
      put(named, digits, unit.getCellId(), Kind.CELL);
      unit.getModels().forEach(model -> put(named, digits, model.getModelId(), Kind.MODEL));
    }
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "ID (" + digits + ") names no model, cell or unit of the sweep");
    }
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          named.entrySet().stream()
              .map(entry -> entry.getValue().name().toLowerCase(Locale.ROOT) + " " + entry.getKey())
              .limit(4)
              .collect(
                  Collectors.joining(
                      ", ",
                      "ID (" + digits + ") must name one thing, not " + named.size() + ": ",
                      "")));
    }
    Map.Entry<String, Kind> one = named.entrySet().iterator().next();
    return new StudySubject(one.getValue(), one.getKey(), standings);
  }

  /**
   * Refuses what cannot be the beginning of an id.
   *
   * @throws IllegalArgumentException if these are not 4 to 64 hexadecimal digits in lower case
   */
  public static void checkDigits(String digits) {
    if (!digits.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
      throw new IllegalArgumentException(
          "ID ("
              + digits
              + ") must be 4 to 64 hexadecimal digits in lower case, or settings such as 'width=4,"
              + " batch_size=32, seed 1'");
    }
  }

  private static void put(Map<String, Kind> named, String digits, String id, Kind kind) {
    if (id.startsWith(digits)) {
      named.put(id, kind);
    }
  }

  /** The units that speak of nothing else: a model's own, without those of its pairs and cell. */
  public List<UnitStanding> ownUnits() {
    return kind == Kind.MODEL
        ? units.stream().filter(standing -> standing.unit().getScope() == Subject.MODEL).toList()
        : units;
  }

  /** The models, by their ids, that the subject is or consists of. */
  public List<ModelRef> models() {
    return units.stream()
        .flatMap(standing -> standing.unit().getModels().stream())
        .filter(model -> kind != Kind.MODEL || model.getModelId().equals(id))
        .collect(
            Collectors.toMap(
                ModelRef::getModelId, model -> model, (one, same) -> one, TreeMap::new))
        .values()
        .stream()
        .toList();
  }
}
