package dev.terrain.curvature.forms;

/**
 * What one random probe v with E vv' = I tells of an operator A, beside a {@link Deflation} with
 * vectors q_i.
 *
 * @param form v'Av, a sample of tr A
 * @param squaredNorm ‖Av‖², a sample of ‖A‖_F²
 * @param squaredOverlaps (q_i'v)² of each deflated vector, in its order; their expectation is 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record ProbeSample(double form, double squaredNorm, double[] squaredOverlaps) {}
