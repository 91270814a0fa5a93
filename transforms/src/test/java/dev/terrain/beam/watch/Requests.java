package dev.terrain.beam.watch;

import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelNews;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.time.Instant;
import java.util.List;

/** Requests for the models of one cell, and what becomes of them. */
final class Requests {
  private Requests() {}

  /** A sweep of one cell. */
  static Sweep sweep(String pairs, String seeds) {
    return sweep(pairs, seeds, 2);
  }

  static Sweep sweep(String pairs, String seeds, int width) {
    return SweepFile.parse(
        """
        name: one
        axes:
          load: {width: [%d]}
          temperature: {batch_size: [16]}
        seeds: %s
        connectivity: {pairs: %s}
        """
            .formatted(width, seeds, pairs),
        "one");
  }

  static List<ModelSpec> specs(Sweep sweep) {
    return SweepExpansion.of(sweep).models().toList();
  }

  static List<ModelRequest> models(Sweep sweep) {
    return specs(sweep).stream().map(spec -> new ModelRequest(SweepFrame.of(sweep), spec)).toList();
  }

  static ModelRef model(Sweep sweep, int number) {
    return training(sweep, number).getModels().get(0);
  }

  static Unit training(Sweep sweep, int number) {
    return Units.train(specs(sweep).get(number), "0123");
  }

  static ModelNews requested(Sweep sweep, int number) {
    return ModelNews.newBuilder().setRequest(models(sweep).get(number)).build();
  }

  static ModelNews trained(Sweep sweep, int number) {
    return ModelNews.newBuilder().setTrained(model(sweep, number)).build();
  }

  static ModelNews ended(Sweep sweep, int number) {
    return ModelNews.newBuilder().setEnded(model(sweep, number).getModelId()).build();
  }

  /** A result with one measurement of the first model, or of the first pair. */
  static UnitResult result(Unit unit, String metric, double value) {
    List<ModelRef> models = unit.getModels();
    return UnitResult.newBuilder()
        .setKey(unit.getKey())
        .setStage(unit.getStage())
        .setCodeVersion(1)
        .setModels(List.of())
        .setMeasurements(
            List.of(
                Measurement.newBuilder()
                    .setSubject(models.size() == 1 ? Subject.MODEL : Subject.PAIR)
                    .setCellId(unit.getCellId())
                    .setModelId(models.get(0).getModelId())
                    .setOtherModelId(models.size() == 1 ? null : models.get(1).getModelId())
                    .setMetric(metric)
                    .setVariant(unit.getStage().equals(TrainStage.NAME) ? "default" : "paper")
                    .setValue(value)
                    .setNExamples(10)
                    .setNEvaluations(1)
                    .setStatus(MeasurementStatus.OK)
                    .setUnit("1")
                    .setSeed(0)
                    .setKey(unit.getKey())
                    .setCodeVersion(1)
                    .setDurationMs(5)
                    .setComputedAt(Instant.EPOCH)
                    .build()))
        .setSpectra(List.of())
        .setPaths(List.of())
        .setDurationMs(5)
        .setComputedAt(Instant.EPOCH)
        .build();
  }
}
