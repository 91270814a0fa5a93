package dev.terrain.training;

/**
 * Everything that the rest of a training depends on: from it, training goes on to the same bits as
 * if it had never stopped.
 *
 * @param theta parameters
 * @param velocity momentum buffer, as long as θ
 * @param statistics batch-norm statistics
 * @param bestTheta parameters after the epoch with the lowest running training loss; empty before
 *     the first epoch's end
 * @param bestStatistics statistics then
 * @param bestEpoch that epoch, counted from 1; 0 before the first epoch's end
 * @param step steps taken in the current epoch, whose number (from 0) is that of the completed
 *     epochs
 * @param lossSum sum over the images of the current epoch of their batch's mean loss
 * @param hits images of the current epoch classified correctly
 * @param seen images of the current epoch
 * @param totalSteps steps taken in all
 * @param history completed epochs
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingState(
    float[] theta,
    float[] velocity,
    float[] statistics,
    float[] bestTheta,
    float[] bestStatistics,
    int bestEpoch,
    int step,
    double lossSum,
    long hits,
    long seen,
    long totalSteps,
    History history) {}
