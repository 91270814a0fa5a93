package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may lie in a folder of requests beside files: nothing of it is read or waited for. */
@Tag("engine")
class RequestFolderTest {
  private static final String SECRET = "root:x:0:0";
  private static final String YAML =
      """
      axes:
        load: {width: [2, 4]}
        temperature: {batch_size: [16]}
      seeds: 2
      """;

  @TempDir private Path scratch;
  private Path folder;
  private Path secret;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(scratch.resolve("requests"));
    secret = Files.writeString(scratch.resolve("secret"), SECRET + "\n");
  }

  private void makePipe(String name) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve(name)).exists();
  }

  @Test
  @Tag("process")
  void whatIsNoFileIsRefused_andTheOtherRequestsGoOn() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("link.yaml"), secret);
    Files.createSymbolicLink(folder.resolve("link.avro"), secret);
    Files.createSymbolicLink(folder.resolve("loop.yml"), folder.resolve("loop.yml"));
    Files.createSymbolicLink(folder.resolve("dangling.yaml"), scratch.resolve("none"));
    Files.createSymbolicLink(folder.resolve("endless.yaml"), Path.of("/dev/zero"));
    Files.createDirectory(folder.resolve("folder.yaml"));
    makePipe("pipe.yaml");
    Files.writeString(folder.resolve("other\nline\u202e.yaml"), SECRET);
    try (RandomAccessFile large =
        new RandomAccessFile(folder.resolve("large.avro").toFile(), "rw")) {
      large.setLength(SpecFile.MAX_BYTES + 1);
    }
    Files.writeString(folder.resolve("valid.yaml"), YAML);
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    PCollectionTuple read =
        WatchRequests.fromFolder(folder.toString()).read(pipeline.apply(Create.of(0L)));

    PAssert.that(read.get(WatchRequests.MODELS))
        .containsInAnyOrder(Requests.models(SweepFile.parse(YAML, "valid")));
    PAssert.that(read.get(WatchRequests.FAILURES))
        .satisfies(
            failures -> {
              List<String> messages = new ArrayList<>();
              for (Failure failure : failures) {
                assertThat(failure.toString()).doesNotContain("root", "\u202e");
                messages.add(failure.getMessage().replaceAll(".*requests/", ""));
              }
              assertThat(messages)
                  .containsExactlyInAnyOrder(
                      "link.yaml: is a symbolic link, which is not followed; a request must be a file",
                      "link.avro: is a symbolic link, which is not followed; a request must be a file",
                      "loop.yml: is a symbolic link, which is not followed; a request must be a file",
                      "dangling.yaml: is a symbolic link, which is not followed; a request must be a file",
                      "endless.yaml: is a symbolic link, which is not followed; a request must be a file",
                      "folder.yaml: is a folder; a request must be a file",
                      "pipe.yaml: is a pipe, socket or device; a request must be a file",
                      "otherU+000AlineU+202E.yaml:1:1: must be a mapping, not this text",
                      "large.avro: has more than 16777216 bytes");
              return null;
            });
    pipeline.run();
  }

  @Test
  void read_doesNotFollowALinkThatTookTheFilesPlace() throws IOException {
    Path request = folder.resolve("x.yaml");
    Files.createSymbolicLink(request, secret);

    assertThatExceptionOfType(RefusedRequestException.class)
        .isThrownBy(() -> RequestFolder.read(request, "x.yaml", 100))
        .withMessageContaining("symbolic link");
  }

  @Test
  void read_takesNoMoreThanMayBe() throws IOException {
    Path request = Files.writeString(folder.resolve("x.yaml"), "0123456789");

    assertThat(RequestFolder.read(request, "x", 10)).hasSize(10);
    assertThatExceptionOfType(RefusedRequestException.class)
        .isThrownBy(() -> RequestFolder.read(request, "x", 9))
        .withMessage("x: has more than 9 bytes");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> RequestFolder.read(folder.resolve("none.yaml"), "none.yaml", 9));
  }

  @Test
  void list_stampsAFileAsBefore_andTellsALinkFromTheFileThatFollowsIt() throws IOException {
    Path request = Files.writeString(folder.resolve("x.yaml"), YAML);
    long time = Files.getLastModifiedTime(request).toMillis();
    Map<String, String> file = RequestFolder.list(folder);
    Files.delete(request);
    Files.createSymbolicLink(request, secret);

    assertThat(file)
        .containsExactly(Map.entry(request.toString(), YAML.length() + " bytes of " + time));
    assertThat(RequestFolder.list(folder)).hasSize(1).isNotEqualTo(file);
    assertThat(RequestFolder.list(folder.resolve("none"))).isEmpty();
  }

  @Test
  void path_isThatOfAddressesOnThisMachine() {
    assertThat(RequestFolder.path("/a/b")).contains(Path.of("/a/b"));
    assertThat(RequestFolder.path("file:///a/b")).contains(Path.of("/a/b"));
    assertThat(RequestFolder.path("gs://a/b")).isEmpty();
  }
}
