package dev.terrain.engine;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** Beam's options of file systems where no engine is started. */
public final class StorageOptions {
  private StorageOptions() {}

  /**
   * Options for one use.
   *
   * @param given options as an engine takes them, such as {@code --awsRegion=x}
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  public static PipelineOptions of(List<String> given) {
    return Engine.options(List.of(), given);
  }
}
