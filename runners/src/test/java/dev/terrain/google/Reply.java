package dev.terrain.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body its body
 */
record Reply(
    int status,
    Map<String, String> headers,
    @SuppressWarnings("ArrayRecordComponent") byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Reply json(Object value) {
    return json(200, value);
  }

  private static Reply json(int status, Object value) {
    try {
      return new Reply(
          status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reply bytes(byte[] body) {
    return new Reply(200, Map.of("Content-Type", "application/octet-stream"), body);
  }

  /** A part of some bytes, as the header asks for it; all if there is no header. */
  static Reply range(byte[] body, String header) {
    if (header == null) {
      return bytes(body);
    }
    String[] ends = header.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    if (from >= body.length) {
      return error(416, "requestedRangeNotSatisfiable", "There is no such byte");
    }
    int to =
        ends[1].isEmpty() ? body.length : (int) Math.min(body.length, Long.parseLong(ends[1]) + 1);
    return new Reply(
        206,
        Map.of(
            "Content-Type",
            "application/octet-stream",
            "Content-Range",
            "bytes " + from + "-" + (to - 1) + "/" + body.length),
        Arrays.copyOfRange(body, from, to));
  }

  static Reply nothing() {
    return new Reply(204, Map.of(), new byte[0]);
  }

  static Reply error(int status, String reason, String message) {
    return json(
        status,
        Map.of(
            "error",
            Map.of(
                "code",
                status,
                "message",
                message,
                "errors",
                List.of(Map.of("reason", reason, "message", message, "domain", "global")))));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
