package dev.terrain.amazon;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The objects of S3, and the requests for them as far as Beam's file system makes them. */
final class S3Objects {
  /** So few that listings have several pages. */
  private static final int PAGE = 2;

  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final String MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";

  private record Upload(String key, NavigableMap<Integer, byte[]> parts) {}

  private final NavigableMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();

  synchronized SortedMap<String, byte[]> objects() {
    return new TreeMap<>(objects);
  }

  synchronized void put(String name, byte[] bytes) {
    objects.put(name, bytes);
  }

  synchronized void delete(String name) {
    objects.remove(name);
  }

  synchronized int unfinishedUploads() {
    return uploads.size();
  }

  synchronized S3Reply answer(S3Request request) {
    String name = request.bucket() + "/" + request.key();
    return switch (request.operation()) {
      case "CreateMultipartUpload" -> create(name);
      case "UploadPart" -> part(request);
      case "CompleteMultipartUpload" -> complete(request);
      case "CopyObject" -> copy(request, name);
      case "HeadObject", "GetObject" -> object(request, name);
      case "ListObjectsV2" -> list(request);
      case "DeleteObjects" -> delete(request);
      default -> throw new IllegalArgumentException(request.operation());
    };
  }

  private S3Reply create(String name) {
    String id = "upload-" + name.hashCode() + "-" + uploads.size();
    uploads.put(id, new Upload(name, new TreeMap<>()));
    return S3Reply.xml(
        "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
            .formatted(id));
  }

  private S3Reply part(S3Request request) {
    byte[] sum = Base64.getDecoder().decode(request.headers().getFirst("Content-MD5"));
    if (!Arrays.equals(sum, md5(request.body()))) {
      return S3Reply.error(400, "BadDigest", "The content has another checksum");
    }
    uploads
        .get(request.query().get("uploadId"))
        .parts()
        .put(Integer.valueOf(request.query().get("partNumber")), request.body());
    return S3Reply.empty(Map.of("ETag", tag(request.body())));
  }

  private S3Reply complete(S3Request request) {
    Upload upload = uploads.remove(request.query().get("uploadId"));
    byte[] bytes = new byte[upload.parts().values().stream().mapToInt(part -> part.length).sum()];
    int position = 0;
    for (byte[] part : upload.parts().values()) {
      System.arraycopy(part, 0, bytes, position, part.length);
      position += part.length;
    }
    objects.put(upload.key(), bytes);
    return S3Reply.xml(
        "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
            .formatted(tag(bytes)));
  }

  private S3Reply copy(S3Request request, String name) {
    String source = S3Request.decode(request.headers().getFirst("x-amz-copy-source"));
    byte[] bytes = objects.get(source.replaceFirst("^/", ""));
    if (bytes == null) {
      return S3Reply.error(404, "NoSuchKey", source);
    }
    objects.put(name, bytes);
    return S3Reply.xml(
        "<CopyObjectResult><ETag>%s</ETag></CopyObjectResult>".formatted(tag(bytes)));
  }

  private S3Reply object(S3Request request, String name) {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      return S3Reply.error(404, "NoSuchKey", "There is no " + name);
    }
    Map<String, String> headers = Map.of("Last-Modified", MODIFIED, "ETag", tag(bytes));
    String wanted = request.headers().getFirst("Range");
    if (wanted == null) {
      return new S3Reply(200, headers, bytes);
    }
    Matcher range = RANGE.matcher(wanted);
    range.matches();
    int from = Integer.parseInt(range.group(1));
    int to =
        range.group(2).isEmpty()
            ? bytes.length
            : (int) Math.min(bytes.length, Long.parseLong(range.group(2)) + 1);
    return new S3Reply(206, headers, Arrays.copyOfRange(bytes, from, to));
  }

  private S3Reply list(S3Request request) {
    String start = request.bucket() + "/" + request.query().getOrDefault("prefix", "");
    String after = request.query().getOrDefault("continuation-token", "");
    List<String> names =
        objects.tailMap(after, false).keySet().stream()
            .filter(name -> name.startsWith(start))
            .limit(PAGE + 1)
            .toList();
    List<String> page = names.subList(0, Math.min(PAGE, names.size()));
    String entries =
        page.stream()
            .map(
                name ->
                    "<Contents><Key>%s</Key><Size>%d</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                        .formatted(
                            name.substring(request.bucket().length() + 1),
                            objects.get(name).length))
            .collect(Collectors.joining());
    String more =
        names.size() > PAGE
            ? "<IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken>"
                .formatted(page.get(PAGE - 1))
            : "<IsTruncated>false</IsTruncated>";
    return S3Reply.xml("<ListBucketResult>" + entries + more + "</ListBucketResult>");
  }

  private S3Reply delete(S3Request request) {
    KEY.matcher(request.text())
        .results()
        .forEach(key -> objects.remove(request.bucket() + "/" + key.group(1)));
    return S3Reply.xml("<DeleteResult></DeleteResult>");
  }

  private static String tag(byte[] bytes) {
    return "\"" + HexFormat.of().formatHex(md5(bytes)) + "\"";
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
