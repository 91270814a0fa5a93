package dev.terrain.sweep;

import java.util.List;

/** Collects what is wrong with the settings of one section. */
public final class SettingProblems {
  private final String section;
  private final Problems problems;

  SettingProblems(String section, Problems problems) {
    this.section = section;
    this.problems = problems;
  }

  /** Adds a problem of a setting; what it must be, in the form {@code must be …}. */
  public void add(String setting, String message) {
    problems.add(section + "." + setting, message);
  }

  /** A value in a message; where the document may be another's, {@code otherwise} in its place. */
  public String quote(Object value, String otherwise) {
    return problems.quote(String.valueOf(value), otherwise);
  }

  /** Adds which values of a list are there twice. */
  public void addRepeats(String setting, List<?> values) {
    SweepRules.checkRepeats(section + "." + setting, values, problems);
  }
}
