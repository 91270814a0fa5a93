package dev.terrain.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
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
