package dev.terrain.stage;

import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Safetensors;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A study in a folder, whose models train in an instant: 143 of the digits, few units, 8 steps. */
public final class TinyStudy {
  public static final int TRAINING_IMAGES = 143;
  public static final int TEST_IMAGES = 360;

  private final Path folder;
  private final StageContext context;

  public TinyStudy(Path folder) {
    this.folder = folder;
    this.context = context(StageListener.SILENT);
  }

  public static ModelSpec.Builder spec() {
    return ModelSpec.newBuilder()
        .setDataset("digits")
        .setDataFraction(0.1)
        .setArchitecture("mlp")
        .setWidth(3)
        .setDepth(1)
        .setBatchSize(32)
        .setEpochs(2)
        .setStopRule("epochs");
  }

  public static Unit training(ModelSpec spec) throws IOException {
    return Units.train(spec, CellData.sha256(spec, null));
  }

  public StageContext context() {
    return context;
  }

  /** A context that saves the state of a training after every step. */
  public StageContext context(StageListener listener) {
    return new StageContext(ObjectStores.open(folder.toString()), null, listener, Duration.ZERO);
  }

  public UnitResult train(ModelSpec spec) throws IOException {
    return new TrainStage().compute(training(spec), context);
  }

  /** Trained models that differ in their seeds, 0, 1, … */
  public List<ModelRef> models(ModelSpec.Builder spec, int count) {
    return LongStream.range(0, count)
        .mapToObj(seed -> model(ModelSpec.newBuilder(spec).setSeed(seed).build()))
        .toList();
  }

  public ModelRef model(ModelSpec spec) {
    try {
      Unit unit = training(spec);
      new TrainStage().compute(unit, context);
      return unit.getModels().get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path checkpoint(String modelId) {
    return folder.resolve(Checkpoints.name(modelId));
  }

  /** The tensors in a model's file, in its order. */
  public List<Tensor> tensors(ModelRef model) throws IOException {
    Path file = checkpoint(model.getModelId());
    return Safetensors.decode(Files.readAllBytes(file), file.toString()).tensors();
  }

  /** The only measurement of a metric. */
  public static Measurement only(UnitResult result, String metric) {
    return byMetric(result).get(metric);
  }

  private static Map<String, Measurement> byMetric(UnitResult result) {
    return result.getMeasurements().stream()
        .collect(Collectors.toMap(Measurement::getMetric, Function.identity()));
  }
}
