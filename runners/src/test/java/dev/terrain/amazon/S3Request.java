package dev.terrain.amazon;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client asked for, in path style.
 *
 * @param method the method
 * @param bucket first word of the path
 * @param key the rest of it
 * @param query parameters, decoded
 * @param body the body, without the signatures between its chunks
 */
record S3Request(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Headers headers,
    @SuppressWarnings("ArrayRecordComponent") byte[] body) {

  static S3Request of(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", 2);
    Map<String, String> query = new HashMap<>();
    String text = exchange.getRequestURI().getRawQuery();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    Headers headers = exchange.getRequestHeaders();
    byte[] body = exchange.getRequestBody().readAllBytes();
    return new S3Request(
        exchange.getRequestMethod(),
        decode(path[0]),
        path.length == 1 ? "" : decode(path[1]),
        query,
        headers,
        headers.containsKey("x-amz-decoded-content-length") ? withoutChunks(body) : body);
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Each chunk has a line with its length in hexadecimal and its signature; the last is empty. */
  private static byte[] withoutChunks(byte[] body) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    int position = 0;
    while (true) {
      int end = position;
      while (body[end] != '\r') {
        end++;
      }
      String line = new String(body, position, end - position, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(line.split(";", 2)[0], 16);
      if (length == 0) {
        return plain.toByteArray();
      }
      plain.writeBytes(Arrays.copyOfRange(body, end + 2, end + 2 + length));
      position = end + 2 + length + 2;
    }
  }

  /** The operation as S3's documentation names it. */
  String operation() {
    return switch (method) {
      case "POST" ->
          query.containsKey("uploads")
              ? "CreateMultipartUpload"
              : query.containsKey("delete") ? "DeleteObjects" : "CompleteMultipartUpload";
      case "PUT" -> headers.containsKey("x-amz-copy-source") ? "CopyObject" : "UploadPart";
      case "HEAD" -> "HeadObject";
      case "GET" -> key.isEmpty() ? "ListObjectsV2" : "GetObject";
      default -> method;
    };
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
