package dev.terrain.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Flink's REST interface, as far as it answers in JSON. */
final class FlinkRest {
  /** A JobManager on a busy machine may pause for seconds; more than that is no answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final MasterAddress master;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  FlinkRest(MasterAddress master) {
    this.master = master;
  }

  /**
   * Reads a page.
   *
   * @throws NotFlinkException if something answers that Flink would not
   * @throws IOException if nothing answers
   */
  JsonNode get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  /** Changes something. */
  void patch(String path) throws IOException {
    send(request(path).method("PATCH", BodyPublishers.noBody()).build());
  }

  /** Asks for something, in JSON. */
  JsonNode post(String path, Map<String, ?> body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws IOException {
    HttpResponse<String> response;
    try {
      response = client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + master);
    }
    if (response.statusCode() / 100 != 2) {
      throw new NotFlinkException(
          "%s answered %d to %s".formatted(master, response.statusCode(), request.uri().getPath()));
    }
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new NotFlinkException(
          "%s answered no JSON to %s".formatted(master, request.uri().getPath()));
    }
  }

  /** An answer that is none of Flink's. */
  static final class NotFlinkException extends IOException {
    private static final long serialVersionUID = 1L;

    NotFlinkException(String message) {
      super(message);
    }
  }
}
