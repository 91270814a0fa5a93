package dev.terrain.cli;

import dev.terrain.engine.ReadyEngine;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A command of which something never ends, whatever it is told. */
final class StuckCommand {
  private StuckCommand() {}

  /**
   * Waits for an interruption.
   *
   * @param arguments what is stuck, {@code job} or {@code hook}, and how many seconds ending the
   *     job may take
   */
  public static void main(String[] arguments) {
    boolean job = arguments[0].equals("job");
    Duration limit = Duration.ofSeconds(Long.parseLong(arguments[1]));
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8));
    InterruptionNotice.arm(err, new StuckEngine(job, limit));
    if (!job) {
      Runtime.getRuntime().addShutdownHook(new Thread(StuckCommand::never));
    }
    err.println("armed");
    err.flush();
    never();
  }

  /** As a worker in an endless loop. */
  @SuppressWarnings("InfiniteLoop")
  private static void never() {
    while (true) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private record StuckEngine(boolean stuck, Duration cancelLimit) implements ReadyEngine {
    @Override
    public int workers() {
      return 1;
    }

    @Override
    public PipelineOptions options() {
      return PipelineOptionsFactory.create();
    }

    @Override
    public void cancel() {
      if (stuck) {
        never();
      }
    }
  }
}
