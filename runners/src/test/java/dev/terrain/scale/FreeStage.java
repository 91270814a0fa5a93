package dev.terrain.scale;

import dev.terrain.stage.CellCost;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage whose numerics cost nothing: it answers every unit with rows of the usual form and size,
 * copied from one real training. Everything around the numerics is real.
 */
final class FreeStage implements Stage {
  private static final long serialVersionUID = 1;
  private static UnitResult example;

  private final String name;

  private FreeStage(String name) {
    this.name = name;
  }

  /** Free stages of all kinds. */
  static Stages all() {
    Stages stages = Stages.standard();
    for (String name : stages.names()) {
      stages = stages.withComputing(new FreeStage(name));
    }
    return stages;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int codeVersion() {
    return 1;
  }

  @Override
  public double nominalSeconds(Unit unit, CellCost cost) {
    return 0;
  }

  @Override
  public UnitResult compute(Unit unit, StageContext context) throws IOException {
    UnitResult like = example();
    List<Measurement> measurements = new ArrayList<>();
    List<Model> models = new ArrayList<>();
    if (name.equals("train")) {
      ModelRef ref = unit.getModels().get(0);
      models.add(
          Model.newBuilder(like.getModels().get(0))
              .setModelId(ref.getModelId())
              .setCellId(ref.getCellId())
              .setSeed(ref.getSpec().getSeed())
              .setKey(unit.getKey())
              .build());
      for (Measurement row : like.getMeasurements()) {
        measurements.add(about(unit, row).setModelId(ref.getModelId()).build());
      }
    } else if (!name.equals("checkpoint")) {
      Measurement.Builder row =
          about(unit, like.getMeasurements().get(0)).setMetric("free_" + name);
      measurements.add(
          unit.getScope() == Subject.MODEL
              ? row.setModelId(unit.getModels().get(0).getModelId()).build()
              : row.setModelId(null).setSubject(Subject.CELL).build());
    }
    return UnitResult.newBuilder(like)
        .setKey(unit.getKey())
        .setStage(name)
        .setModels(models)
        .setMeasurements(measurements)
        .build();
  }

  private static Measurement.Builder about(Unit unit, Measurement row) {
    return Measurement.newBuilder(row).setCellId(unit.getCellId()).setKey(unit.getKey());
  }

  private static synchronized UnitResult example() throws IOException {
    if (example == null) {
      ModelSpec spec =
          ModelSpec.newBuilder()
              .setDataFraction(0.02)
              .setDepth(0)
              .setBatchSize(8)
              .setEpochs(3)
              .build();
      String folder = Files.createTempDirectory("terrain-example-").toString();
      example =
          new TrainStage()
              .compute(
                  Units.train(spec, CellData.sha256(spec, null)),
                  StageContext.open(folder, null, StageListener.SILENT));
    }
    return example;
  }
}
