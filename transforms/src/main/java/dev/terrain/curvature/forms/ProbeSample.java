package dev.terrain.curvature.forms;

/**
 * What one random probe v with E vv' = I tells of an operator A.
 *
 * @param form v'Av, a sample of tr A
 * @param squaredNorm ‖Av‖², a sample of ‖A‖_F²
 */
public record ProbeSample(double form, double squaredNorm) {}
