package dev.terrain.amazon;

import com.sun.net.httpserver.HttpExchange;
import dev.terrain.loopback.LoopbackServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on the loopback interface that plays S3. Every bucket exists. */
public final class FakeS3 implements AutoCloseable {
  private final S3Objects objects = new S3Objects();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final LoopbackServer server;

  private FakeS3() throws IOException {
    server = LoopbackServer.start(this::handle);
  }

  /** Starts on a free port. */
  public static FakeS3 start() throws IOException {
    return new FakeS3();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      S3Reply reply;
      try {
        S3Request request = S3Request.of(exchange);
        reply = answer(request);
      } catch (RuntimeException e) {
        problems.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e);
        reply = S3Reply.error(501, "NotImplemented", "Not played here");
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body().length));
        exchange.sendResponseHeaders(reply.status(), -1);
        return;
      }
      boolean empty = reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
      if (!empty) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private S3Reply answer(S3Request request) {
    String operation = request.operation();
    asked.add(operation);
    if (refused.contains(operation) || refused.contains("everything")) {
      return S3Reply.error(403, "AccessDenied", "Access Denied");
    }
    if (failures.merge(operation, -1, Integer::sum) >= 0) {
      failed.add(operation);
      return S3Reply.error(500, "InternalError", "We encountered an internal error");
    }
    return objects.answer(request);
  }

  /** Options that send Beam's client here. */
  public List<String> options() {
    return List.of(
        "--endpoint=" + server.url(),
        "--awsRegion=eu-north-1",
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"a\",\"secretAccessKey\":\"b\"}");
  }

  /** Lets the next request of each kind fail with 500. */
  public void failOnce(String... operations) {
    for (String operation : operations) {
      failures.put(operation, 1);
    }
  }

  /** Kinds of requests that have failed so. */
  public Set<String> failed() {
    return new HashSet<>(failed);
  }

  /** Refuses requests of a kind with 403, or all with {@code everything}; null for none. */
  public void refuse(String operation) {
    refused.clear();
    if (operation != null) {
      refused.add(operation);
    }
  }

  /** Kinds of requests that there were. */
  public Set<String> asked() {
    return new HashSet<>(asked);
  }

  /** The objects, by bucket/key. */
  public SortedMap<String, byte[]> objects() {
    return objects.objects();
  }

  /** Puts an object. */
  public void put(String name, byte[] bytes) {
    objects.put(name, bytes);
  }

  /** Removes an object. */
  public void delete(String name) {
    objects.delete(name);
  }

  /** Uploads that were begun and not completed. */
  public int unfinishedUploads() {
    return objects.unfinishedUploads();
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
