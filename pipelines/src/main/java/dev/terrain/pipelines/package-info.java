/**
 * Whole jobs: transforms composed into pipelines, the plan of what a run has to do, and the run
 * itself. Start with {@link dev.terrain.pipelines.SweepPipeline} and {@link
 * dev.terrain.pipelines.SweepRun}.
 */
package dev.terrain.pipelines;
