package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.List;

/** Sweep files that the tests share. */
final class Sweeps {
  /** The smallest one: two cells of one model. */
  static final String SMALL =
      """
      axes:
        load:
          width: [2, 4]
        temperature:
          batch_size: [32]
      seeds: 1
      """;

  /** One with every key. */
  static final String FULL =
      """
      name: digits
      base:
        dataset: digits
        architecture: mlp
        epochs: 60
      axes:
        load:
          width: [2, 4, 8, 16]
        temperature:
          batch_size: {from: 16, to: 1024, points: 7}
        other:
          label_noise: [0, 0.1]
      seeds: 3
      metrics: [losses, curvature, connectivity, similarity, distance]
      curvature: {examples: 500}
      connectivity: {}
      similarity: {}
      taxonomy: {converged_train_loss: 0.02}
      """;

  private Sweeps() {}

  static Sweep parse(String yaml) {
    return SweepFile.parse(yaml, "test");
  }

  /** The small sweep with more lines after it. */
  static Sweep smallWith(String yaml) {
    return parse(SMALL + yaml);
  }

  static List<ModelSpec> models(String yaml) {
    return SweepExpansion.of(parse(yaml)).models().toList();
  }

  static List<String> modelIds(String yaml) {
    return models(yaml).stream().map(Fingerprints::modelId).toList();
  }

  /** The problems of an invalid sweep, as {@code line:column: path: message}. */
  static List<String> problems(String yaml) {
    try {
      parse(yaml);
    } catch (InvalidSweepException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
    return List.of();
  }
}
