package dev.terrain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sweep of perceptrons so small that each of its units takes a moment. */
final class SmallSweep {
  /** Two cells of two models; 4 trainings, 4 curvatures and 2 of each of the others. */
  static final String YAML =
      """
      name: small
      base: {data_fraction: 0.1, depth: 1, epochs: 2, stop_rule: epochs}
      axes:
        load: {width: [2, 4]}
        temperature: {batch_size: [16]}
      seeds: 2
      curvature: {examples: 50, batches: 2, eigenvalues: 1, block_size: 2, max_products: 8, measures: []}
      connectivity: {epochs: 1}
      similarity: {examples: 64, mixup_batch_size: 32}
      """;

  static final int UNITS = 18;

  /** The same cells, grown by a model each; 28 units. */
  static final String GROWN = YAML.replace("seeds: 2", "seeds: 3");

  /**
   * One cell of two trainings, each of many times the fifth of a second after which the tests let a
   * state be saved, and measurements of a second or two.
   */
  static final String LONG =
      """
      name: long
      base: {depth: 2, epochs: 250, stop_rule: epochs}
      axes:
        load: {width: [16]}
        temperature: {batch_size: [16]}
      seeds: 2
      curvature: {examples: 200, max_examples: 200, relative_error: 0.0001, max_products: 300, measures: []}
      connectivity: {epochs: 5}
      similarity: {examples: 64, mixup_batch_size: 32}
      """;

  private SmallSweep() {}

  static Path write(Path folder) throws IOException {
    return write(folder, YAML);
  }

  static Path write(Path folder, String yaml) throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), yaml);
  }
}
