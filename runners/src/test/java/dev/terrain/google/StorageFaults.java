package dev.terrain.google;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Faults of a storage's server, drawn by a seed: none until some are asked for. */
public final class StorageFaults {
  /** What goes wrong with one request. */
  public enum Kind {
    /** The server is too busy: nothing is done. */
    UNAVAILABLE,
    /** The client asks too often: nothing is done. */
    TOO_MANY,
    /** The connection breaks before anything is done. */
    REFUSED,
    /** What was asked for is done, and the connection breaks before the answer. */
    ANSWER_LOST,
    /** The answer ends early. */
    TRUNCATED,
    /** A byte of the content is another. */
    FLIPPED,
    /** What was asked for is done, and the answer takes its time. */
    SLOW
  }

  private final Map<Kind, Integer> injected = new EnumMap<>(Kind.class);
  private List<Kind> kinds = List.of();
  private Random random;
  private double share;
  private Duration slowness = Duration.ZERO;

  /** Lets a share of the requests to the storage fail. */
  public synchronized void inject(long seed, double shareOfRequests, List<Kind> ofKinds) {
    random = new Random(seed);
    share = shareOfRequests;
    kinds = List.copyOf(ofKinds);
  }

  /** How long a slow answer takes. */
  public synchronized void slowBy(Duration time) {
    slowness = time;
  }

  /** How often each has been injected. */
  public synchronized Map<Kind, Integer> injected() {
    return new EnumMap<>(injected);
  }

  /** The fault of a request, which is counted; null for none. */
  synchronized Kind next(HttpExchange exchange) {
    if (kinds.isEmpty() || isOfTables(exchange.getRequestURI()) || random.nextDouble() >= share) {
      return null;
    }
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    injected.merge(kind, 1, Integer::sum);
    return kind;
  }

  /** Beam's own client writes the tables; how it bears faults is Beam's matter. */
  private static boolean isOfTables(URI uri) {
    return uri.getPath().contains("/batch")
        || uri.getPath().contains("tables/")
        || String.valueOf(uri.getQuery()).matches(".*(tables/|resumable|upload_id).*");
  }

  /** Whether it was answered here. */
  boolean answer(Kind kind, HttpExchange exchange, Reply reply) throws IOException {
    switch (kind) {
      case ANSWER_LOST -> {
        return true;
      }
      case TRUNCATED -> {
        exchange.sendResponseHeaders(reply.status(), reply.body().length + 100L);
        exchange.getResponseBody().write(reply.body());
        return true;
      }
      case FLIPPED -> {
        if (!String.valueOf(exchange.getRequestURI().getQuery()).contains("alt=media")
            || reply.body().length == 0) {
          return false;
        }
        byte[] body = reply.body().clone();
        body[body.length / 2] ^= 4;
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
        return true;
      }
      case SLOW -> {
        try {
          Thread.sleep(slowness.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  /** What the server says instead of doing it; null if it does it. */
  static Reply refusal(Kind kind) {
    if (kind == Kind.UNAVAILABLE) {
      return Reply.error(503, "backendError", "Try again");
    }
    return kind == Kind.TOO_MANY ? Reply.error(429, "rateLimitExceeded", "Slower, please") : null;
  }
}
