package dev.terrain.curvature.trace;

/**
 * A randomised estimate of the diagonal of an operator on R^d.
 *
 * @param diagonal the d entries
 * @param rootMeanSquareError root of the mean over the entries of their squared standard errors
 * @param largestError the largest standard error of an entry
 * @param probes independent random vectors behind it
 * @param products products A v spent
 * @param stop why it stopped; the error that counts is the root mean square one, as a share of the
 *     root mean square of the entries
 */
@SuppressWarnings("ArrayRecordComponent")
public record DiagonalEstimate(
    double[] diagonal,
    double rootMeanSquareError,
    double largestError,
    int probes,
    int products,
    StopReason stop) {}
