package dev.terrain.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class FreePort {
  private FreePort() {}

  /** A port that was free a moment ago. */
  static int any() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  /**
   * The port itself, if it is free; 0 is any.
   *
   * @throws IllegalArgumentException if another process holds it, or it is no port
   */
  static int orAny(int port) throws IOException {
    if (port == 0) {
      return any();
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port (%d) must be 0 to 65535".formatted(port));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--port (%d) is taken by another process; name another, or 0 for any".formatted(port), e);
    }
  }
}
