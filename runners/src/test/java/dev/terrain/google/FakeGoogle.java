package dev.terrain.google;

import com.google.api.services.dataflow.model.Job;
import com.sun.net.httpserver.HttpExchange;
import dev.terrain.loopback.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server on the loopback interface that plays Cloud Storage and Dataflow, and remembers what it
 * was sent. It ends when it is closed.
 */
public final class FakeGoogle implements AutoCloseable {
  private final FakeStorage storage = new FakeStorage();
  private final StorageFaults faults = new StorageFaults();
  private final FakeDataflow dataflow = new FakeDataflow();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final LoopbackServer server;

  private FakeGoogle() throws IOException {
    server = LoopbackServer.start(this::handle);
  }

  /** Starts on a free port. */
  public static FakeGoogle start() throws IOException {
    return new FakeGoogle();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      StorageFaults.Kind fault = faults.next(exchange);
      if (fault == StorageFaults.Kind.REFUSED) {
        return;
      }
      try {
        Request request = Request.of(exchange);
        Reply refusal = StorageFaults.refusal(fault);
        reply =
            refusal != null
                ? refusal
                : request.path().get(0).equals("v1b3")
                    ? dataflow.answer(request)
                    : storage.answer(request);
      } catch (RuntimeException e) {
        problems.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e);
        reply = Reply.error(501, "notImplemented", "Not played here");
      }
      if (fault != null && faults.answer(fault, exchange, reply)) {
        return;
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean empty = reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
      if (!empty) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  /** What goes wrong with the storage. */
  public StorageFaults faults() {
    return faults;
  }

  /** Where it is, without a slash at the end. */
  public String url() {
    return server.url();
  }

  /** Options that send Beam's clients here. */
  public List<String> options() {
    return List.of(
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
        "--gcsEndpoint=" + url() + "/storage/v1/");
  }

  /** Environment that sends Terrain's own client here. */
  public Map<String, String> environment() {
    return Map.of("STORAGE_EMULATOR_HOST", url(), "NO_GCE_CHECK", "true");
  }

  /** Sizes of the objects below a {@code gs://} prefix by the rest of their names. */
  public Map<String, Long> sizes(String prefix) {
    String start = prefix.substring("gs://".length());
    return storage.objects().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(start.length()),
                entry -> entry.getValue().size()));
  }

  /** Writes the objects below a {@code gs://} prefix into a folder. */
  public void copy(String prefix, Path folder) throws IOException {
    String start = prefix.substring("gs://".length());
    for (Map.Entry<String, StoredObject> entry : storage.objects().entrySet()) {
      if (entry.getKey().startsWith(start)) {
        Path file = folder.resolve(entry.getKey().substring(start.length()));
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue().bytes());
      }
    }
  }

  /** How many requests have asked for names of objects. */
  public int listRequests() {
    return storage.listRequests();
  }

  /** How many requests have read an object or what is told of it. */
  public int reads() {
    return storage.reads();
  }

  /** How many uploads came with a checksum. */
  public int uploadsWithSum() {
    return storage.uploadsWithSum();
  }

  /** Puts an object. */
  public void put(String bucket, String name, byte[] bytes) {
    storage.put(bucket, name, bytes);
  }

  /**
   * Lets jobs write the rows that a study's tables have already, under the names that tables have
   * before they are put in their places.
   */
  public void rewriteTables() {
    Pattern staged = Pattern.compile("(.+/tables/[a-z_]+)/\\.part-[0-9a-z]+-(\\d+-of-\\d+)\\..+");
    storage.writtenByJobs(name -> staged.matcher(name).replaceFirst("$1/part-$2.avro"));
  }

  /** Counters that a job ends with. */
  public void count(Map<String, Long> counters) {
    dataflow.count(counters);
  }

  /** Lets jobs fail, with a message. */
  public void failJobs(String message) {
    dataflow.endAs("JOB_STATE_FAILED", "JOB_MESSAGE_ERROR", message);
  }

  /** Lets jobs be cancelled by others, with a message. */
  public void cancelJobs(String message) {
    dataflow.endAs("JOB_STATE_CANCELLED", "JOB_MESSAGE_BASIC", message);
  }

  /** The jobs that were submitted. */
  public List<Job> jobs() {
    return dataflow.jobs();
  }

  /** What was asked of Dataflow: method and last word of the path. */
  public List<String> requests() {
    return dataflow.requests();
  }

  /** Requests that it could not play. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    server.close();
  }
}
