/**
 * Runs of a sweep into a study: checks, plan, pipeline, tables and report; and the main classes
 * that start one. Start with {@link dev.terrain.run.Study} and {@link dev.terrain.run.SweepRun}.
 */
package dev.terrain.run;
