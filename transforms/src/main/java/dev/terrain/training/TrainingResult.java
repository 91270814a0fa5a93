package dev.terrain.training;

import dev.terrain.v1.StopReason;

/**
 * A training that ended.
 *
 * @param theta the measured parameters: those at the plateau, else those of the epoch with the
 *     lowest running training loss; empty if training diverged
 * @param statistics the batch-norm statistics with them
 * @param measuredEpoch epoch (counted from 1) at whose end they stood; 0 if training diverged
 * @param stopReason why it ended
 * @param steps steps of gradient descent
 * @param history completed epochs
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingResult(
    float[] theta,
    float[] statistics,
    int measuredEpoch,
    StopReason stopReason,
    long steps,
    History history) {}
