package dev.terrain.curvature;

/**
 * A finished block Lanczos process together with its space, which holds all vectors of the basis.
 *
 * @param result what it found out
 * @param deflation its last space
 */
record KrylovProcess(BlockLanczosResult result, SpaceDeflation deflation) {}
