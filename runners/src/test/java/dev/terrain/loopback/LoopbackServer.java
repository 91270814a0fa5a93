package dev.terrain.loopback;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port of the loopback interface, a thread for each request at a time. */
public final class LoopbackServer implements AutoCloseable {
  static {
    // Else the end of an answer waits for the client's delayed acknowledgement, about 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private LoopbackServer(HttpServer server) {
    this.server = server;
  }

  /** Starts a server whose requests all go to one handler. */
  public static LoopbackServer start(HttpHandler handler) throws IOException {
    LoopbackServer loopback =
        new LoopbackServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    loopback.server.setExecutor(loopback.threads);
    loopback.server.createContext("/", handler);
    loopback.server.start();
    return loopback;
  }

  /** Where it is, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
