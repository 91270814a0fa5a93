package dev.terrain.beam.watch;

import dev.terrain.sweep.AxisValues;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SpecCheck;
import dev.terrain.sweep.SweepSections;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ContainerBounds;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;

/** An Avro container file of {@link ModelSpec} records: models that are asked for one by one. */
final class SpecFile {
  /** Records that a file may have. */
  static final int MAX_SPECS = 100_000;

  /** Bytes that a file may have, and its records once they are inflated. */
  static final int MAX_BYTES = 1 << 24;

  private SpecFile() {}

  /** What is asked of the cells of single models by default: everything, as sweeps are. */
  static Sweep defaultFrame() {
    return Sweep.newBuilder()
        .setName("specs")
        .setBase(ModelSpec.newBuilder().build())
        .setLoad(new Axis("width", List.of()))
        .setTemperature(new Axis("batch_size", List.of()))
        .setOtherAxes(List.of())
        .setSeeds(List.of())
        .setMetrics(SweepSections.ofProcess().families())
        .setTaxonomy(TaxonomySettings.newBuilder().build())
        .build();
  }

  /**
   * The specs of a file, each checked as a sweep's base is.
   *
   * @param source what messages call the file
   * @throws RefusedRequestException if it is no such file, has more than {@value #MAX_SPECS}
   *     records or {@value #MAX_BYTES} bytes of them, or a spec is not valid; the message names the
   *     file and counts the records from 1
   */
  static List<ModelSpec> read(byte[] bytes, String source) {
    List<ModelSpec> specs = new ArrayList<>();
    try {
      ContainerBounds.checkRecords(bytes, MAX_SPECS, MAX_BYTES);
    } catch (IOException e) {
      throw refused(source, String.valueOf(e.getMessage()), e);
    }
    try (DataFileStream<ModelSpec> records =
        new DataFileStream<>(
            new ByteArrayInputStream(bytes), new SpecificDatumReader<>(ModelSpec.class))) {
      while (records.hasNext()) {
        specs.add(records.next());
      }
    } catch (IOException | RuntimeException e) {
      // Avro's own words would repeat what the file says.
      String place = "record " + (specs.size() + 1) + " is none";
      throw refused(source, place, e);
    }
    SpecCheck check = new SpecCheck(defaultFrame());
    for (int i = 0; i < specs.size(); i++) {
      List<Problem> problems = check.problems(specs.get(i));
      if (!problems.isEmpty()) {
        throw invalid(source + ": record " + (i + 1), problems);
      }
    }
    return specs;
  }

  private static RefusedRequestException refused(String source, String why, Exception cause) {
    return new RefusedRequestException(
        source + ": not an Avro file of ModelSpec records: " + why, cause);
  }

  private static RefusedRequestException invalid(String place, List<Problem> problems) {
    return new RefusedRequestException(
        problems.stream()
            .map(problem -> place + ": " + problem.path() + ": " + problem.message())
            .collect(Collectors.joining("\n")));
  }

  /** The sweep of one spec. */
  static Sweep sweep(ModelSpec spec, Sweep frame) {
    return Sweep.newBuilder(frame)
        .setBase(spec)
        .setLoad(axis(spec, "learning_rate"))
        .setTemperature(axis(spec, "batch_size"))
        .setOtherAxes(List.of())
        .setSeeds(List.of(spec.getSeed()))
        .build();
  }

  private static Axis axis(ModelSpec spec, String setting) {
    return new Axis(setting, List.of(AxisValues.text(spec, setting)));
  }
}
