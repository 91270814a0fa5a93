package dev.terrain.cli;

import static dev.terrain.cli.FinishedStudy.STUDY;
import static dev.terrain.cli.FinishedStudy.copyIn;
import static dev.terrain.cli.FinishedStudy.modelIds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Model;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reproduce}. */
@Tag("engine")
class ReproduceCommandTest {
  @TempDir private Path other;

  @Test
  void aModelIsReproducedToTheLastBit() throws IOException {
    Cli cli = Cli.run("reproduce", modelIds(STUDY).get(0), "--out", STUDY, "--tolerance", 0);

    assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out())
        .containsPattern("[0-9]+ values: ([0-9]+) the same, 0 within 0.0, 0 outside");
  }

  @Test
  void aRecordThatCannotBeReproducedEndsWithFive() throws IOException {
    Path copy = copyIn(other);
    String id = modelIds(copy).get(0);
    Ledger ledger = new Ledger(ObjectStores.open(copy.toString()));
    String key =
        ledger.keys("train").stream().filter(k -> isOf(ledger, k, id)).findFirst().orElseThrow();
    UnitResult record = ledger.find("train", key).orElseThrow();
    ledger.forget("train", key);
    Model row = record.getModels().get(0);
    ledger.record(
        UnitResult.newBuilder(record)
            .setModels(
                List.of(
                    Model.newBuilder(row).setTrainLoss(row.getTrainLoss() * (1 + 1e-4)).build()))
            .build());

    Cli cli = Cli.run("reproduce", id, "--out", copy);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(5);
    assertThat(cli.out())
        .containsPattern("train +model.train_loss .* 0.00010 +outside")
        .contains("1 outside");
    assertThat(Cli.run("reproduce", id, "--out", copy, "--tolerance", "0.001").exitCode()).isZero();
  }

  private static boolean isOf(Ledger ledger, String key, String modelId) {
    try {
      return ledger
          .find("train", key)
          .orElseThrow()
          .getModels()
          .get(0)
          .getModelId()
          .equals(modelId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
