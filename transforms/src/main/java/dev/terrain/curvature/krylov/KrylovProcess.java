package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.SpaceDeflation;

/**
 * A finished block Lanczos process together with its space, which holds all vectors of the basis.
 *
 * @param result what it found out
 * @param deflation its last space
 */
public record KrylovProcess(BlockLanczosResult result, SpaceDeflation deflation) {}
