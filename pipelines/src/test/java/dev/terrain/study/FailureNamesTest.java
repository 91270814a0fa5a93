package dev.terrain.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.report.Report;
import dev.terrain.run.SmallStudy;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureNamesTest {
  private static final Sweep SWEEP =
      SweepFile.parse(
          SmallStudy.YAML.replace(
              "temperature: {batch_size: [16]}",
              "temperature: {batch_size: [16]}\n  other: {label_noise: [0, 0.1]}"),
          "small");

  /** Of width 4, label noise 0 and seed 1. */
  private static final ModelSpec SPEC =
      SweepExpansion.of(SWEEP)
          .models()
          .filter(spec -> spec.getWidth() == 4 && spec.getSeed() == 1)
          .findFirst()
          .orElseThrow();

  private static final String CELL = Fingerprints.cellId(SPEC);

  @Test
  void aModel_isNamedByAxesSeedAndId() {
    Failure failure = failure(CELL, id(1), null);

    assertThat(names(failure).of(failure))
        .contains(
            "width=4, batch_size=16, label_noise=0, seed 1 (model " + id(1).substring(0, 12) + ")");
  }

  @Test
  void aPair_hasBothSeeds_andACellNone() {
    Failure pair = failure(CELL, id(1), id(2));
    Failure cell = failure(CELL, null, null);

    assertThat(names(pair).settings(pair))
        .contains("width=4, batch_size=16, label_noise=0, seeds 1, 2");
    assertThat(names(cell).of(cell))
        .contains("width=4, batch_size=16, label_noise=0 (cell " + CELL.substring(0, 12) + ")");
  }

  @Test
  void whatTheSweepDoesNotKnow_hasItsIdAlone() {
    Failure other = failure("ab".repeat(32), "cd".repeat(32), null);
    Failure request = failure(null, null, null);

    assertThat(names(other, request).of(other)).contains("model cdcdcdcdcdcd");
    assertThat(names(other, request).of(request)).isEmpty();
  }

  @Test
  void theReport_namesThemToo() {
    Failure failure = failure(CELL, id(1), null);

    String html =
        Report.of(SWEEP, List.of(), List.of(), List.of(failure), List.of(), Instant.now())
            .withFailureNames(names(failure)::of)
            .html();

    assertThat(html).contains("<td>width=4, batch_size=16, label_noise=0, seed 1 (model ");
  }

  private static FailureNames names(Failure... failures) {
    return FailureNames.of(SWEEP, List.of(failures));
  }

  private static String id(long seed) {
    return Fingerprints.modelId(ModelSpec.newBuilder(SPEC).setSeed(seed).build());
  }

  private static Failure failure(String cell, String model, String other) {
    return Failure.newBuilder()
        .setStage("train")
        .setCellId(cell)
        .setModelId(model)
        .setOtherModelId(other)
        .setExceptionClass("java.io.IOException")
        .setMessage("no space left")
        .setAttempt(1)
        .setFailedAt(Instant.EPOCH)
        .build();
  }
}
