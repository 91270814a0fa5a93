package dev.terrain.google;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What a client asked for.
 *
 * @param method the method, an overridden one if there is one
 * @param path segments of the path, decoded
 * @param query parameters, decoded
 * @param body the body, decompressed
 */
record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    Headers headers,
    @SuppressWarnings("ArrayRecordComponent") byte[] body) {

  static Request of(HttpExchange exchange) throws IOException {
    boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in = exchange.getRequestBody();
        InputStream plain = compressed ? new GZIPInputStream(in) : in) {
      return of(
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          exchange.getRequestHeaders(),
          plain.readAllBytes());
    }
  }

  static Request of(String method, URI uri, Headers headers, byte[] body) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    String override = headers.getFirst("X-HTTP-Method-Override");
    return new Request(
        override == null ? method : override,
        Arrays.stream(uri.getRawPath().substring(1).split("/", -1)).map(Request::decode).toList(),
        query,
        headers,
        body);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
