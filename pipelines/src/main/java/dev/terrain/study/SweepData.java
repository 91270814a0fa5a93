package dev.terrain.study;

import dev.terrain.data.Datasets;
import dev.terrain.data.InvalidDataException;
import dev.terrain.sweep.AxisValues;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the data sets of a sweep hold, which is a part of all its keys: the SHA-256 that a plan
 * names, or that of the files.
 */
public final class SweepData {
  private static final String SETTING = "dataset";

  private final Map<String, PlannedData> known;
  private final String location;

  private SweepData(List<PlannedData> known, String location) {
    this.known = known.stream().collect(Collectors.toMap(PlannedData::dataset, entry -> entry));
    this.location = location;
  }

  /**
   * Data sets that are read when they are asked for.
   *
   * @param location folder or {@code gs://} prefix of their files; null for where they are by
   *     default
   */
  public static SweepData of(String location) {
    return new SweepData(List.of(), location);
  }

  /** Data sets of which some are known; only the others are read. */
  public static SweepData of(List<PlannedData> known, String location) {
    return new SweepData(known, location);
  }

  /** The names of a sweep's data sets, in its order. */
  public static List<String> names(Sweep sweep) {
    return Stream.concat(
            Stream.of(sweep.getLoad(), sweep.getTemperature()), sweep.getOtherAxes().stream())
        .filter(axis -> axis.getSetting().equals(SETTING))
        .findFirst()
        .map(SweepData::values)
        .orElseGet(() -> List.of(sweep.getBase().getDataset()));
  }

  private static List<String> values(Axis axis) {
    return AxisValues.of(axis).stream().map(Object::toString).toList();
  }

  /**
   * SHA-256 of what a data set holds.
   *
   * @throws IOException if it is not known and cannot be read; the message names the file
   */
  public String sha256(String dataset) throws IOException {
    PlannedData entry = known.get(dataset);
    return entry == null ? Datasets.get(dataset, location).sha256() : entry.sha256();
  }

  /** The data sets of a sweep, as a plan names them. */
  public List<PlannedData> planned(Sweep sweep) throws IOException {
    List<PlannedData> planned = new ArrayList<>();
    for (String dataset : names(sweep)) {
      PlannedData entry = known.get(dataset);
      planned.add(entry == null ? read(dataset, location) : entry);
    }
    return planned;
  }

  /**
   * A data set as its files are now.
   *
   * @throws IOException if it cannot be read; the message names the file
   */
  public static PlannedData read(String dataset, String location) throws IOException {
    return new PlannedData(
        dataset,
        Datasets.address(dataset, location).orElse(null),
        Datasets.get(dataset, location).sha256());
  }

  /**
   * The same of a data set that a plan names.
   *
   * @throws InvalidDataException if it is not there; the message names where it was
   */
  public static PlannedData readAgain(PlannedData planned, String location) throws IOException {
    try {
      return read(planned.dataset(), location);
    } catch (InvalidDataException e) {
      throw OtherData.moved(planned, e);
    }
  }

  /**
   * Makes sure that the files of a sweep's data sets hold what is known of them.
   *
   * @throws InvalidDataException if they are missing, corrupt or hold something else
   */
  public void verify(Sweep sweep) throws IOException {
    for (PlannedData entry : planned(sweep)) {
      PlannedData found = readAgain(entry, location);
      if (!entry.hasContentOf(found)) {
        throw OtherData.than(entry, found);
      }
    }
  }
}
