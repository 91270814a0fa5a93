package dev.terrain.stage.training;

import dev.terrain.model.Network;
import dev.terrain.stage.Provenance;
import dev.terrain.surface.EngineArithmetic;
import dev.terrain.surface.Processor;
import dev.terrain.surface.Torch;
import dev.terrain.training.History;
import dev.terrain.training.TrainingResult;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;

/** Begins the row of the table of models that a training adds. */
final class ModelRow {
  private ModelRow() {}

  /** Everything but the status and what only weights tell. */
  static Model.Builder begin(Unit unit, CellData data, Network network, TrainingResult result) {
    ModelRef model = unit.getModels().get(0);
    History history = result.history();
    int last = history.epochs() - 1;
    Model.Builder row = settings(model.getSpec());
    return row.setModelId(model.getModelId())
        .setCellId(model.getCellId())
        .setStopReason(result.stopReason())
        .setNParameters(network.dimension())
        .setNTrainExamples(data.training().size())
        .setNSteps(result.steps())
        .setEpochsRun(history.epochs())
        .setFinalRunningTrainLoss(last < 0 ? null : history.losses().get(last))
        .setFinalRunningTrainAccuracy(last < 0 ? null : history.accuracies().get(last))
        .setBestRunningTrainLoss(history.losses().stream().min(Double::compare).orElse(null))
        .setBestRunningTrainAccuracy(
            history.accuracies().stream().max(Double::compare).orElse(null))
        .setHistoryTrainLoss(history.losses())
        .setHistoryTrainAccuracy(history.accuracies())
        .setHistoryLearningRate(history.learningRates())
        .setDataSha256(data.sha256())
        .setTerrainVersion(Provenance.TERRAIN_VERSION)
        .setEngine(Torch.version())
        .setEngineBuild(Torch.build())
        .setArithmetic(EngineArithmetic.ofThisProcess().name())
        .setProcessor(Processor.ofThisMachine().name())
        .setInstructionSet(Processor.ofThisMachine().instructionSet())
        .setJavaVersion(Provenance.JAVA_VERSION)
        .setOs(Provenance.OS)
        .setDevice(Provenance.DEVICE)
        .setThreads(Provenance.THREADS)
        .setKey(unit.getKey());
  }

  /** Every setting of a spec is a column of the same name and type. */
  private static Model.Builder settings(ModelSpec spec) {
    return Model.newBuilder()
        .setDataset(spec.getDataset())
        .setDataFraction(spec.getDataFraction())
        .setLabelNoise(spec.getLabelNoise())
        .setLabelNoiseSeed(spec.getLabelNoiseSeed())
        .setArchitecture(spec.getArchitecture())
        .setWidth(spec.getWidth())
        .setDepth(spec.getDepth())
        .setHiddenWidths(spec.getHiddenWidths())
        .setOptimizer(spec.getOptimizer())
        .setLearningRate(spec.getLearningRate())
        .setLearningRateSchedule(spec.getLearningRateSchedule())
        .setLearningRateMilestones(spec.getLearningRateMilestones())
        .setLearningRateFactor(spec.getLearningRateFactor())
        .setMomentum(spec.getMomentum())
        .setWeightDecay(spec.getWeightDecay())
        .setBatchSize(spec.getBatchSize())
        .setIncompleteBatch(spec.getIncompleteBatch())
        .setEpochs(spec.getEpochs())
        .setStopRule(spec.getStopRule())
        .setPlateauTolerance(spec.getPlateauTolerance())
        .setPlateauEpochs(spec.getPlateauEpochs())
        .setPlateauFirstEpoch(spec.getPlateauFirstEpoch())
        .setSeed(spec.getSeed());
  }
}
