package dev.terrain.beam.units;

import dev.terrain.stage.training.Units;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Models, units and results that nothing was computed for. */
public final class Samples {
  private static final String DATA = "0123";

  private Samples() {}

  static ModelSpec.Builder spec(long seed) {
    return ModelSpec.newBuilder().setSeed(seed);
  }

  public static Unit training(ModelSpec spec) {
    return Units.train(spec, DATA);
  }

  public static Unit training(long seed) {
    return training(spec(seed).build());
  }

  /** Models of one cell, with the seeds 0, 1, … */
  public static List<ModelRef> cell(int width, int models) {
    List<ModelRef> cell = new ArrayList<>();
    for (int seed = 0; seed < models; seed++) {
      cell.add(training(spec(seed).setWidth(width).build()).getModels().get(0));
    }
    return cell;
  }

  /** A result with one measurement of a value. */
  public static UnitResult result(Unit unit, double value) {
    return UnitResult.newBuilder()
        .setKey(unit.getKey())
        .setStage(unit.getStage())
        .setCodeVersion(1)
        .setModels(List.of())
        .setMeasurements(
            List.of(
                measurement(unit, "train_loss")
                    .setModelId(unit.getModels().get(0).getModelId())
                    .setValue(value)
                    .build()))
        .setSpectra(List.of())
        .setPaths(List.of())
        .setDurationMs(5)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  public static Measurement.Builder measurement(Unit unit, String metric) {
    return Measurement.newBuilder()
        .setSubject(unit.getModels().size() == 1 ? Subject.MODEL : Subject.PAIR)
        .setCellId(unit.getCellId())
        .setMetric(metric)
        .setVariant("default")
        .setNExamples(10)
        .setNEvaluations(1)
        .setStatus(MeasurementStatus.OK)
        .setUnit("nats")
        .setSeed(0)
        .setKey(unit.getKey())
        .setCodeVersion(1)
        .setDurationMs(5)
        .setComputedAt(Instant.EPOCH);
  }

  /** A row of the table of models with nothing but identity, settings and status. */
  public static Model model(ModelSpec spec, ModelStatus status) {
    Model row = new Model();
    for (Schema.Field column : row.getSchema().getFields()) {
      Schema.Field setting = spec.getSchema().getField(column.name());
      row.put(column.pos(), setting == null ? nothing(column.schema()) : spec.get(setting.pos()));
    }
    return Model.newBuilder(row)
        .setModelId(Fingerprints.modelId(spec))
        .setCellId(Fingerprints.cellId(spec))
        .setStatus(status)
        .build();
  }

  private static Object nothing(Schema type) {
    return switch (type.getType()) {
      case STRING -> "";
      case INT -> 0;
      case LONG -> type.getLogicalType() == null ? 0L : Instant.EPOCH;
      case ARRAY -> List.of();
      case ENUM -> SpecificData.get().createEnum(type.getEnumSymbols().get(0), type);
      case UNION -> null;
      default -> throw new IllegalArgumentException(type.toString());
    };
  }
}
