package dev.terrain.stage.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.stage.KillSwitch;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.TinyStudy;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units whose process is killed at random steps and changes of files, over and over. */
final class KilledAnywhereTest {
  private static final int KILLS = Integer.getInteger("terrain.kills", 100);
  private static final Set<String> TIMES = Set.of("computed_at", "duration_ms");

  @TempDir private Path folder;
  private final Random random = new Random(Long.getLong("terrain.kills.seed", 1));

  /** Two trainings of a cell and one of another; a pair, a distance and two curvatures. */
  private static List<Unit> units() throws IOException {
    List<Unit> units = new ArrayList<>();
    List<ModelRef> cell = new ArrayList<>();
    for (long seed : new long[] {0, 1}) {
      Unit training = TinyStudy.training(spec("mlp").setSeed(seed).build());
      units.add(training);
      cell.add(training.getModels().get(0));
    }
    units.add(TinyStudy.training(spec("cnn").build()));
    ConnectivitySettings path = ConnectivitySettings.newBuilder().setEpochs(2).build();
    CurvatureSettings curvature =
        CurvatureSettings.newBuilder()
            .setExamples(50)
            .setBatches(2)
            .setEigenvalues(1)
            .setBlockSize(2)
            .setMaxProducts(8)
            .setDiagonalProducts(6)
            .build();
    units.addAll(MeasuredUnits.connectivity(cell, path));
    units.add(MeasuredUnits.distance(cell));
    for (ModelRef model : cell) {
      units.addAll(MeasuredUnits.curvature(model, curvature));
    }
    return units;
  }

  private static ModelSpec.Builder spec(String architecture) {
    return TinyStudy.spec().setArchitecture(architecture).setWidth(2).setEpochs(3);
  }

  @Test
  void aHundredKills_changeNoBitOfAnyResult() throws IOException {
    List<Unit> units = units();
    Path undisturbed = folder.resolve("undisturbed");
    finish(units, undisturbed, new KillSwitch());
    assertThat(rows(units, undisturbed)).hasSizeGreaterThan(units.size());

    int kills = 0;
    for (int study = 0; kills < KILLS; study++) {
      Path killed = folder.resolve("study-" + study);
      kills += killUntilFinished(units, killed);

      assertThat(rows(units, killed)).isEqualTo(rows(units, undisturbed));
      for (Unit unit : units.subList(0, 3)) {
        String weights = Checkpoints.name(unit.getModels().get(0).getModelId());
        assertThat(killed.resolve(weights)).hasSameBinaryContentAs(undisturbed.resolve(weights));
      }
    }
  }

  private int killUntilFinished(List<Unit> units, Path study) throws IOException {
    for (int kills = 0; ; kills++) {
      KillSwitch process = new KillSwitch();
      // Most processes do little, and some enough for a unit that begins anew each time.
      process.arm(1 + random.nextInt(1 << (1 + random.nextInt(7))));
      try {
        finish(units, study, process);
        return kills;
      } catch (KillSwitch.Killed e) {
        assertThat(kills).as("kills of one study").isLessThan(10_000);
      }
    }
  }

  /** Does what is not recorded, as one process would. */
  private static void finish(List<Unit> units, Path study, KillSwitch process) throws IOException {
    Files.createDirectories(study);
    ObjectStore store = process.in(ObjectStores.open(study.toString()));
    StageContext context = new StageContext(store, null, process, Duration.ZERO);
    Ledger ledger = context.ledger();
    for (Unit unit : units) {
      if (ledger.find(unit.getStage(), unit.getKey()).isEmpty()) {
        Stage stage = Stages.standard().named(unit.getStage());
        ledger.record(stage.compute(unit, context));
        stage.recorded(unit, context);
      }
    }
  }

  /** All rows as text, without their times. */
  private static List<String> rows(List<Unit> units, Path study) throws IOException {
    Ledger ledger = new Ledger(ObjectStores.open(study.toString()));
    List<SpecificRecord> rows = new ArrayList<>();
    for (Unit unit : units) {
      UnitResult result = ledger.find(unit.getStage(), unit.getKey()).orElseThrow();
      rows.addAll(result.getModels());
      rows.addAll(result.getMeasurements());
      rows.addAll(result.getSpectra());
      rows.addAll(result.getPaths());
    }
    return rows.stream().map(row -> text(row).replace(study.toString(), "")).toList();
  }

  private static String text(SpecificRecord row) {
    return row.getSchema().getFields().stream()
        .filter(field -> !TIMES.contains(field.name()))
        .map(field -> field.name() + "=" + row.get(field.pos()))
        .collect(Collectors.joining(" "));
  }
}
