package dev.terrain.study;

import dev.terrain.data.InvalidDataException;

/** What is said where the files of a data set are not those that a study was made from. */
public final class OtherData {
  private OtherData() {}

  /** The files hold something else than the plan's data set. */
  public static InvalidDataException than(PlannedData planned, PlannedData found) {
    return new InvalidDataException(
        "%s: %s there (SHA-256 %s) is not what the study's plan is about (SHA-256 %s, which was at %s); name the place of those files with --data"
            .formatted(
                found.address(),
                found.dataset(),
                found.sha256(),
                planned.sha256(),
                planned.address()));
  }

  /** The same, where a run could go on with the other content. */
  public static InvalidDataException thanBefore(PlannedData planned, PlannedData found) {
    return new InvalidDataException(
        "%s; '--data %s' trains the sweep anew, on what is there now"
            .formatted(than(planned, found).getMessage(), found.address()));
  }

  /** The files hold something else than what the study's trainings are of. */
  public static InvalidDataException thanRecorded(String recordedSha256, PlannedData found) {
    return new InvalidDataException(
        "%s: %s there (SHA-256 %s) is not what the study's models were trained on (SHA-256 %s); name the place of those files with --data"
            .formatted(found.address(), found.dataset(), found.sha256(), recordedSha256));
  }

  /** The files are not where the plan says. */
  static InvalidDataException moved(PlannedData planned, InvalidDataException cause) {
    return new InvalidDataException(
        "the study's data set %s was at %s, but %s; if its files have moved, name their new place with --data"
            .formatted(planned.dataset(), planned.address(), cause.getMessage()),
        cause);
  }
}
