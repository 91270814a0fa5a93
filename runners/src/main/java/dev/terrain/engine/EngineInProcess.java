package dev.terrain.engine;

import org.apache.beam.sdk.options.PipelineOptions;

/** An engine inside this process. */
record EngineInProcess(int workers, PipelineOptions options) implements ReadyEngine {}
