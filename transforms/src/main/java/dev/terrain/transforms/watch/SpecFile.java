package dev.terrain.transforms.watch;

import dev.terrain.spec.AxisValues;
import dev.terrain.spec.InvalidSweepException;
import dev.terrain.spec.SweepJson;
import dev.terrain.v1.Axis;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;

/** An Avro container file of {@link ModelSpec} records: models that are asked for one by one. */
final class SpecFile {
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
        .setCurvature(CurvatureSettings.newBuilder().build())
        .setConnectivity(ConnectivitySettings.newBuilder().build())
        .setSimilarity(SimilaritySettings.newBuilder().build())
        .setTaxonomy(TaxonomySettings.newBuilder().build())
        .build();
  }

  /**
   * The specs of a file, each checked as a sweep's base is.
   *
   * @param source what messages call the file
   * @throws IllegalArgumentException if it is no such file or a spec is not valid; the message
   *     names the file and counts the records from 1
   */
  static List<ModelSpec> read(byte[] bytes, String source) {
    List<ModelSpec> specs = new ArrayList<>();
    try (DataFileStream<ModelSpec> records =
        new DataFileStream<>(
            new ByteArrayInputStream(bytes), new SpecificDatumReader<>(ModelSpec.class))) {
      while (records.hasNext()) {
        specs.add(records.next());
      }
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          source + ": not an Avro file of ModelSpec records: " + e.getMessage(), e);
    }
    for (int i = 0; i < specs.size(); i++) {
      check(specs.get(i), source + ": record " + (i + 1));
    }
    return specs;
  }

  private static void check(ModelSpec spec, String place) {
    try {
      SweepJson.parse(SweepJson.write(sweep(spec, defaultFrame())), place);
    } catch (InvalidSweepException e) {
      // Lines and columns would be those of a text that the user never saw.
      throw new IllegalArgumentException(
          String.join(
              "\n",
              e.problems().stream()
                  .map(problem -> place + ": " + problem.path() + ": " + problem.message())
                  .toList()),
          e);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(place + ": every number must be finite", e);
    }
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
