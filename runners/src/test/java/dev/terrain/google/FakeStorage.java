package dev.terrain.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The JSON interface of Google Cloud Storage, as far as Beam's client and Google's own use it.
 * Every bucket exists.
 */
final class FakeStorage {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names in one answer at most, as Google has it. */
  private static final int PAGE = 1000;

  private record Upload(String bucket, String name, ByteArrayOutputStream bytes) {}

  private final SortedMap<String, StoredObject> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private UnaryOperator<String> jobs = name -> name;
  private long generation;
  private int listRequests;
  private int reads;
  private int uploadsWithSum;

  /**
   * Lets a job's workers have written objects that are asked for.
   *
   * @param content the object, as bucket/name, whose content one of a name has
   */
  synchronized void writtenByJobs(UnaryOperator<String> content) {
    jobs = content;
  }

  /** How many uploads came with a checksum. */
  synchronized int uploadsWithSum() {
    return uploadsWithSum;
  }

  /** How many requests have asked for names. */
  synchronized int reads() {
    return reads;
  }

  synchronized int listRequests() {
    return listRequests;
  }

  /** Objects by bucket/name. */
  synchronized SortedMap<String, StoredObject> objects() {
    return new TreeMap<>(objects);
  }

  /** Answers a request for {@code /storage/v1/…}, {@code /upload/…} or {@code /batch/…}. */
  synchronized Reply answer(Request request) throws IOException {
    List<String> path = request.path();
    return switch (path.get(0)) {
      case "upload" -> upload(request, path.get(4));
      case "batch" -> batch(request);
      case "download" -> object(request, path.get(4), path.get(6));
      default -> metadata(request, path);
    };
  }

  private Reply metadata(Request request, List<String> path) {
    String bucket = path.get(3);
    if (path.size() == 4) {
      return Reply.json(
          Map.of("kind", "storage#bucket", "id", bucket, "name", bucket, "projectNumber", "1"));
    }
    if (path.size() == 5) {
      return list(request, bucket);
    }
    if (path.size() > 7) {
      return rewrite(bucket, path.get(5), path.get(8), path.get(10));
    }
    return object(request, bucket, path.get(5));
  }

  private Reply object(Request request, String bucket, String name) {
    StoredObject content = objects.get(jobs.apply(bucket + "/" + name));
    if (content != null && !objects.containsKey(bucket + "/" + name)) {
      put(bucket, name, content.bytes());
    }
    StoredObject object = objects.get(bucket + "/" + name);
    if (object == null) {
      return Reply.error(404, "notFound", "No such object: " + bucket + "/" + name);
    }
    String wanted =
        request.query().getOrDefault("ifGenerationMatch", request.query().get("generation"));
    if (wanted != null && !wanted.equals(Long.toString(object.generation()))) {
      return Reply.error(412, "conditionNotMet", "It has another generation");
    }
    if (request.method().equals("DELETE")) {
      objects.remove(bucket + "/" + name);
      return Reply.nothing();
    }
    reads++;
    return "media".equals(request.query().get("alt"))
        ? Reply.range(object.bytes(), request.headers().getFirst("Range"))
        : Reply.json(object.resource());
  }

  private Reply list(Request request, String bucket) {
    String prefix = request.query().getOrDefault("prefix", "");
    String delimiter = request.query().getOrDefault("delimiter", "");
    String after = request.query().getOrDefault("pageToken", "");
    listRequests++;
    List<Map<String, Object>> items = new ArrayList<>();
    TreeSet<String> prefixes = new TreeSet<>();
    for (StoredObject object : objects.values()) {
      if (object.bucket().equals(bucket)
          && object.name().startsWith(prefix)
          && object.name().compareTo(after) > 0) {
        if (items.size() == PAGE) {
          String last = (String) items.get(PAGE - 1).get("name");
          return Reply.json(
              Map.of("kind", "storage#objects", "items", items, "nextPageToken", last));
        }
        int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
        if (cut < 0) {
          items.add(object.resource());
        } else {
          prefixes.add(object.name().substring(0, cut + delimiter.length()));
        }
      }
    }
    return Reply.json(Map.of("kind", "storage#objects", "items", items, "prefixes", prefixes));
  }

  private Reply rewrite(String bucket, String name, String toBucket, String toName) {
    StoredObject object = objects.get(bucket + "/" + name);
    if (object == null) {
      return Reply.error(404, "notFound", "No such object: " + bucket + "/" + name);
    }
    Map<String, Object> copy = put(toBucket, toName, object.bytes());
    String size = Long.toString(object.size());
    return Reply.json(
        Map.of(
            "kind", "storage#rewriteResponse",
            "done", true,
            "objectSize", size,
            "totalBytesRewritten", size,
            "resource", copy));
  }

  synchronized Map<String, Object> put(String bucket, String name, byte[] bytes) {
    return put(bucket, name, bytes, Map.of());
  }

  private Map<String, Object> put(
      String bucket, String name, byte[] bytes, Map<String, String> metadata) {
    generation++;
    StoredObject object = StoredObject.of(bucket, name, generation, bytes, metadata);
    objects.put(bucket + "/" + name, object);
    return object.resource();
  }

  private Reply upload(Request request, String bucket) throws IOException {
    String id = request.query().get("upload_id");
    if (id != null) {
      return continueUpload(request, id);
    }
    String name = request.query().get("name");
    byte[] content = new byte[0];
    Map<String, String> metadata = new HashMap<>();
    boolean resumable = "resumable".equals(request.query().get("uploadType"));
    if (!resumable) {
      List<String> parts = Multipart.parts(request);
      JsonNode resource = JSON.readTree(Multipart.body(parts.get(0)));
      name = resource.get("name").asText();
      resource
          .path("metadata")
          .properties()
          .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
      content = Multipart.body(parts.get(1)).getBytes(StandardCharsets.ISO_8859_1);
      if (resource.has("crc32c")) {
        uploadsWithSum++;
        if (!resource.get("crc32c").asText().equals(StoredObject.crc32c(content))) {
          return Reply.error(400, "invalid", "The content has another checksum");
        }
      }
    } else if (name == null) {
      name = JSON.readTree(request.body()).get("name").asText();
    }
    if ("0".equals(request.query().get("ifGenerationMatch"))
        && objects.containsKey(bucket + "/" + name)) {
      return Reply.error(412, "conditionNotMet", "There is such an object");
    }
    if (!resumable) {
      return Reply.json(put(bucket, name, content, metadata));
    }
    String newId = "upload-" + uploads.size();
    uploads.put(newId, new Upload(bucket, name, new ByteArrayOutputStream()));
    String host = request.headers().getFirst("Host");
    return new Reply(
        200,
        Map.of(
            "Location",
            "http://" + host + "/upload/storage/v1/b/" + bucket + "/o?upload_id=" + newId),
        new byte[0]);
  }

  private Reply continueUpload(Request request, String id) {
    Upload upload = uploads.get(id);
    upload.bytes().writeBytes(request.body());
    String range = request.headers().getFirst("Content-Range");
    if (range != null && range.endsWith("/*")) {
      return new Reply(308, Map.of("Range", "bytes=0-" + (upload.bytes().size() - 1)), new byte[0]);
    }
    uploads.put(id, new Upload(upload.bucket(), upload.name(), new ByteArrayOutputStream()));
    return Reply.json(put(upload.bucket(), upload.name(), upload.bytes().toByteArray()));
  }

  /** Each part is a request of its own. */
  private Reply batch(Request request) throws IOException {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (String part : Multipart.parts(request)) {
      number++;
      String[] line = Multipart.body(part).split("\r\n", 2)[0].split(" ", -1);
      Reply reply = answer(Request.of(line[0], URI.create(line[1]), new Headers(), new byte[0]));
      out.append("--batch\r\nContent-Type: application/http\r\nContent-ID: response-")
          .append(number)
          .append("\r\n\r\nHTTP/1.1 ")
          .append(reply.status())
          .append(" X\r\nContent-Type: application/json\r\nContent-Length: ")
          .append(reply.body().length)
          .append("\r\n\r\n")
          .append(reply.text())
          .append("\r\n");
    }
    out.append("--batch--\r\n");
    return new Reply(
        200,
        Map.of("Content-Type", "multipart/mixed; boundary=batch"),
        out.toString().getBytes(StandardCharsets.UTF_8));
  }
}
