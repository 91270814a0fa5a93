package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.terrain.cluster.FlinkCluster;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.run.JobCancelledException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobCancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a job that did not end well. */
class JobEndTest {
  private final RuntimeException failure =
      new RuntimeException("Pipeline execution failed", new IllegalStateException("inside"));

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private HttpServer server;
  private EngineOnCluster engine;
  private String place;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.put("/overview", "{\"slots-total\": 4, \"flink-version\": \"1.19.3\"}");
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              pages
                  .getOrDefault(exchange.getRequestURI().getPath(), "{}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    MasterAddress master = new MasterAddress("127.0.0.1", server.getAddress().getPort());
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setJobName("ours");
    engine = new EngineOnCluster(FlinkCluster.at(master), 1, options);
    place = "the job ours on " + master;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Exception told(String state) {
    pages.put(
        "/jobs/overview",
        "{\"jobs\": [{\"jid\": \"1\", \"name\": \"ours\", \"state\": \"" + state + "\"}]}");
    return engine.explain(failure, "study");
  }

  @Test
  void aJobThatOthersCancelledIsNoFault() {
    assertThat(told("CANCELED"))
        .isInstanceOf(JobCancelledException.class)
        .hasMessage(place + " was cancelled there; the same command goes on where it was");
    assertThat(told("CANCELLING")).isInstanceOf(JobCancelledException.class);
  }

  @Test
  void aJobThatFailedIsToldWithItsCause() {
    assertThat(told("FAILED"))
        .isInstanceOf(IOException.class)
        .hasMessage(place + " failed: its cluster does not know why");
    pages.put(
        "/jobs/1/exceptions",
        "{\"exceptionHistory\": {\"entries\": [{\"stacktrace\": \"java.io.IOException: disk full\"}]}}");
    assertThat(told("FAILED")).hasMessage(place + " failed: java.io.IOException: disk full");
  }

  @Test
  void aJobThatGoesOnIsOutOfSight() {
    assertThat(told("RUNNING"))
        .isInstanceOf(IOException.class)
        .hasMessage(place + " is out of sight, and may go on; the same command goes on, too");
  }

  @Test
  void aJobThatItsClusterHasForgottenOrThatHasNoClusterAnyMoreIsLost() {
    String lost = place + " was lost with its JobManager; the same command goes on where it was";
    pages.put("/jobs/overview", "{\"jobs\": []}");
    assertThat(engine.explain(failure, "study")).isInstanceOf(IOException.class).hasMessage(lost);

    server.stop(0);

    assertThat(engine.explain(failure, "study")).isInstanceOf(IOException.class).hasMessage(lost);
  }

  @Test
  void aJobOfTheEngineInsideThatOthersCancelledIsNoFault() {
    EngineInProcess inside = new EngineInProcess(1, PipelineOptionsFactory.create());
    JobCancellationException cancelled =
        new JobCancellationException(new JobID(), "Job was cancelled.", null);

    assertThat(
            inside.explain(new RuntimeException("Pipeline execution failed", cancelled), "study"))
        .isInstanceOf(JobCancelledException.class)
        .hasMessage(
            "the job into study was cancelled there; the same command goes on where it was");
    assertThat(inside.explain(failure, "study")).isSameAs(failure);
  }
}
