package dev.terrain.taxonomy;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.TaxonomySettings;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Summarises the models of a cell into one row of the table {@code cells}: mean and standard
 * deviation of each headline metric over the measurements that have a value, and how many these
 * are; the phase by {@link PhaseRule}, and by {@link PhaseConfidence} the share of bootstrap
 * resamples of the models that give the same phase.
 *
 * <p>The same rows give the same bits in whatever order they come; equal rows count once.
 */
public final class CellSummary {
  private final PhaseRule rule;
  private final int resamples;

  /** Summaries with the given thresholds and number of resamples. */
  public CellSummary(TaxonomySettings settings) {
    this.rule = new PhaseRule(settings);
    this.resamples = settings.getResamples();
  }

  /**
   * The summary, with revision 0.
   *
   * @param measurements all rows of the cell: of its models and of their pairs
   * @param models the cell's rows of the table {@code models}, one a model
   * @param computedAt when the summary is made
   * @throws IllegalArgumentException if a row belongs to another cell, or if a metric was measured
   *     in several variants of which the summary prefers none
   */
  public Cell summarise(
      CellIdentity cell,
      Collection<Measurement> measurements,
      Collection<Model> models,
      Instant computedAt) {
    CellMeasurements rows = new CellMeasurements(cell.cellId(), measurements);
    List<Measurement> trainLosses = rows.of("train_loss");
    List<Measurement> connectivities = rows.of("mode_connectivity");
    List<Measurement> alignments = rows.of("cka", "paper");
    MeanAndDeviation trainLoss = CellMeasurements.summary(trainLosses);
    MeanAndDeviation connectivity = CellMeasurements.summary(connectivities);
    MeanAndDeviation alignment = CellMeasurements.summary(alignments);
    PhaseVerdict verdict = rule.decide(trainLoss.mean(), connectivity.mean(), alignment.mean());
    String shortfalls =
        Stream.of(
                rows.shortfall(connectivities, "mode_connectivity", null),
                rows.shortfall(alignments, "cka", "paper"))
            .flatMap(Optional::stream)
            .map(shortfall -> "; " + shortfall)
            .collect(Collectors.joining());
    Confidence confidence =
        new PhaseConfidence(rule, trainLosses, connectivities, alignments)
            .of(verdict.phase(), cell.cellId(), resamples);

    Cell.Builder summary =
        Cell.newBuilder()
            .setCellId(cell.cellId())
            .setSweep(cell.sweep())
            .setLoadSetting(cell.loadSetting())
            .setLoadValue(cell.loadValue())
            .setTemperatureSetting(cell.temperatureSetting())
            .setTemperatureValue(cell.temperatureValue())
            .setSlice(cell.slice())
            .setNModels(count(models, cell, ModelStatus.TRAINED))
            .setNDiverged(count(models, cell, ModelStatus.DIVERGED))
            .setNPairs(connectivities.size())
            .setNTrainLoss(trainLoss.n())
            .setTrainLossMean(trainLoss.mean())
            .setTrainLossStd(trainLoss.deviation())
            .setNModeConnectivity(connectivity.n())
            .setModeConnectivityMean(connectivity.mean())
            .setModeConnectivityStd(connectivity.deviation())
            .setNCka(alignment.n())
            .setCkaMean(alignment.mean())
            .setCkaStd(alignment.deviation())
            .setPhase(verdict.phase() == null ? null : verdict.phase().label())
            .setPhaseReason(verdict.reason() + shortfalls)
            .setPhaseConfidence(confidence.share())
            .setPhaseConfidenceReason(confidence.reason())
            .setRevision(0)
            .setComputedAt(computedAt);
    return setFurtherMetrics(summary, rows).build();
  }

  private static Cell.Builder setFurtherMetrics(Cell.Builder summary, CellMeasurements rows) {
    MeanAndDeviation trainAccuracy = CellMeasurements.summary(rows.of("train_accuracy"));
    MeanAndDeviation testLoss = CellMeasurements.summary(rows.of("test_loss"));
    MeanAndDeviation testAccuracy = CellMeasurements.summary(rows.of("test_accuracy"));
    List<Measurement> eigenvalues = rows.preferred("hessian_top_eigenvalue");
    List<Measurement> traces = rows.preferred("hessian_trace");
    MeanAndDeviation eigenvalue = CellMeasurements.summary(eigenvalues);
    MeanAndDeviation trace = CellMeasurements.summary(traces);
    MeanAndDeviation barrier = CellMeasurements.summary(rows.of("linear_barrier", "frankle"));
    MeanAndDeviation debiased = CellMeasurements.summary(rows.of("cka", "debiased"));
    MeanAndDeviation distance = CellMeasurements.summary(rows.of("l2_distance"));
    return summary
        .setNTrainAccuracy(trainAccuracy.n())
        .setTrainAccuracyMean(trainAccuracy.mean())
        .setTrainAccuracyStd(trainAccuracy.deviation())
        .setNTestLoss(testLoss.n())
        .setTestLossMean(testLoss.mean())
        .setTestLossStd(testLoss.deviation())
        .setNTestAccuracy(testAccuracy.n())
        .setTestAccuracyMean(testAccuracy.mean())
        .setTestAccuracyStd(testAccuracy.deviation())
        .setNHessianTopEigenvalue(eigenvalue.n())
        .setHessianTopEigenvalueMean(eigenvalue.mean())
        .setHessianTopEigenvalueStd(eigenvalue.deviation())
        .setHessianTopEigenvalueError(MeasurementError.ofMean(eigenvalues))
        .setNHessianTrace(trace.n())
        .setHessianTraceMean(trace.mean())
        .setHessianTraceStd(trace.deviation())
        .setHessianTraceError(MeasurementError.ofMean(traces))
        .setNLinearBarrier(barrier.n())
        .setLinearBarrierMean(barrier.mean())
        .setLinearBarrierStd(barrier.deviation())
        .setNCkaDebiased(debiased.n())
        .setCkaDebiasedMean(debiased.mean())
        .setCkaDebiasedStd(debiased.deviation())
        .setNL2Distance(distance.n())
        .setL2DistanceMean(distance.mean())
        .setL2DistanceStd(distance.deviation());
  }

  private static int count(Collection<Model> models, CellIdentity cell, ModelStatus status) {
    int count = 0;
    for (Model model : new HashSet<>(models)) {
      if (!model.getCellId().equals(cell.cellId())) {
        throw new IllegalArgumentException(
            "model "
                + model.getModelId()
                + " belongs to cell "
                + model.getCellId()
                + ", not to "
                + cell.cellId());
      }
      count += model.getStatus() == status ? 1 : 0;
    }
    return count;
  }
}
