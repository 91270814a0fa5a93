package dev.terrain.amazon;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body its body
 */
record S3Reply(
    int status,
    Map<String, String> headers,
    @SuppressWarnings("ArrayRecordComponent") byte[] body) {

  static S3Reply xml(String text) {
    return new S3Reply(
        200, Map.of("Content-Type", "application/xml"), text.getBytes(StandardCharsets.UTF_8));
  }

  static S3Reply empty(Map<String, String> headers) {
    return new S3Reply(200, headers, new byte[0]);
  }

  static S3Reply error(int status, String code, String message) {
    return new S3Reply(
        status,
        Map.of("Content-Type", "application/xml"),
        "<Error><Code>%s</Code><Message>%s</Message><RequestId>1</RequestId></Error>"
            .formatted(code, message)
            .getBytes(StandardCharsets.UTF_8));
  }
}
