/**
 * Whole jobs: transforms composed into pipelines, and what puts their tables in place. Start with
 * {@link dev.terrain.pipelines.SweepPipeline} and {@link dev.terrain.pipelines.WatchPipeline}.
 */
package dev.terrain.pipelines;
