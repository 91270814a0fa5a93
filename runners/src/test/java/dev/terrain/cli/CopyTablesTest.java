package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.amazon.FakeS3;
import dev.terrain.google.FakeGoogle;
import dev.terrain.tables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study's tables copied into a bucket of S3, which a server on this machine plays. */
@Tag("engine")
class CopyTablesTest {
  private static final String ADDRESS = "s3://bucket/small/tables";

  @TempDir private static Path shared;
  private static Path sweep;
  private static Path study;

  @TempDir private Path folder;
  private FakeS3 s3;

  @BeforeAll
  static void compute() throws IOException {
    sweep = SmallSweep.write(shared, SmallSweep.YAML + "metrics: [losses, distance]\n");
    study = shared.resolve("study");
    Cli cli = Cli.run("run", sweep, "--out", study, "--runner", "direct", "--workers", 2);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  @BeforeEach
  void start() throws IOException {
    s3 = FakeS3.start();
  }

  @AfterEach
  void stop() {
    s3.close();
    assertThat(s3.problems()).isEmpty();
  }

  private Cli withOptions(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--");
    all.addAll(s3.options());
    return Cli.run(all.toArray());
  }

  private Cli export() {
    return withOptions("export", "--out", study, "--copy-to", ADDRESS);
  }

  private void assertCopied() {
    SortedMap<String, byte[]> expected = tables();
    SortedMap<String, byte[]> found = s3.objects();
    assertThat(found.remove("bucket/small/tables/copy.json")).isNotEmpty();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
  }

  private static SortedMap<String, byte[]> tables() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(study.resolve("tables"))) {
      for (Path file : paths.filter(path -> path.toString().endsWith(".avro")).toList()) {
        files.put("bucket/small/" + study.relativize(file), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(6);
    return files;
  }

  @Test
  void allTablesAreCopiedByARunThatComputesAndByOneThatIsUpToDate() throws IOException {
    Path other = folder.resolve("other");
    Object[] words = {
      "run", sweep, "--out", other, "--runner", "direct", "--copy-tables", "s3://bucket/other"
    };

    Cli computed = withOptions(words);
    assertThat(computed.exitCode()).as(computed.err()).isZero();
    assertThat(computed.err())
        .contains("copy: s3://bucket/other (%d files, ".formatted(Table.values().length));
    SortedMap<String, byte[]> copy = s3.objects();
    assertThat(copy.get("bucket/other/cells/part-00000-of-00001.avro"))
        .isEqualTo(Files.readAllBytes(other.resolve("tables/cells/part-00000-of-00001.avro")));

    Cli again = withOptions(words);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("tables and report are up to date", "bytes) is up to date");

    s3.delete("bucket/other/cells/part-00000-of-00001.avro");
    s3.put("bucket/other/models/part-00007-of-00009.avro", new byte[9]);
    s3.put("bucket/other/models/notes.txt", new byte[9]);
    Cli mended = withOptions(words);
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(mended.err()).contains("tables and report are up to date").endsWith("bytes)\n");
    copy.put("bucket/other/models/notes.txt", new byte[9]);
    assertThat(s3.objects().keySet()).isEqualTo(copy.keySet());
  }

  @Test
  void exportCopiesWithoutAnEngineAndLeavesNothingUnfinished() {
    Cli cli = export();

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).isEmpty();
    assertCopied();
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @Test
  void everyKindOfRequestMayFailOnce() {
    s3.put("bucket/small/tables/copy.json", new byte[] {'{'});
    String[] operations = {
      "CreateMultipartUpload",
      "UploadPart",
      "CompleteMultipartUpload",
      "CopyObject",
      "HeadObject",
      "GetObject",
      "ListObjectsV2",
      "DeleteObjects"
    };
    s3.failOnce(operations);

    Cli cli = export();

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(s3.failed()).containsExactlyInAnyOrder(operations).isEqualTo(s3.asked());
    assertCopied();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything",
        "CreateMultipartUpload",
        "UploadPart",
        "CompleteMultipartUpload",
        "CopyObject",
        "HeadObject",
        "ListObjectsV2"
      })
  void aRefusedAccessIsOneMessageThatNamesTheAddressAndTheStudyStaysWhole(String operation) {
    s3.refuse(operation);

    Cli refused =
        withOptions("run", sweep, "--out", study, "--runner", "direct", "--copy-tables", ADDRESS);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the tables could not be copied to " + ADDRESS, "Status Code: 403")
        .doesNotContain("\tat ", "internal error");
    assertThat(refused.out()).contains("width");
    assertThat(s3.objects()).doesNotContainKey("bucket/small/tables/copy.json");
    assertThat(Cli.run("status", "--out", study).exitCode()).isZero();
    s3.refuse(null);
    assertThat(export().exitCode()).isZero();
    assertCopied();
  }

  @Test
  void aBucketOfGoogleIsReachedThroughTheGivenEndpoint() throws IOException {
    try (FakeGoogle google = FakeGoogle.start()) {
      Object[] words = {
        "export", "--out", study, "--copy-to", "gs://bucket/small", "--gcs-endpoint", google.url()
      };

      Cli cli = Cli.run(words);

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      google.copy("gs://bucket/small/", folder);
      tables()
          .forEach(
              (name, bytes) ->
                  assertThat(folder.resolve(name.substring("bucket/small/tables/".length())))
                      .hasBinaryContent(bytes));
      assertThat(google.sizes("gs://bucket/small/")).hasSize(tables().size() + 1);
      assertThat(Cli.run(words).err()).contains("is up to date");
      assertThat(google.problems()).isEmpty();
    }
  }

  @Test
  void anUnknownSchemeIsToldWhichThereAreBeforeAnythingIsComputed() {
    Path other = folder.resolve("other");

    Cli cli =
        Cli.run("run", sweep, "--out", other, "--runner", "direct", "--copy-tables", "hdfs://h/x");

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains("hdfs://h/x", "a folder, gs://, s3://");
    assertThat(other).doesNotExist();
  }

  @Test
  void aRunThatDoesNotWaitForTablesCannotCopyThem() {
    Path other = folder.resolve("other");

    Cli cli =
        Cli.run(
            "run", sweep, "--out", other, "--runner", "direct", "--detach", "--copy-tables", "x");

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(other).doesNotExist();
  }

  @Test
  void optionsOfAStorageNeedACopy() {
    Cli cli = withOptions("export", "--out", study, "--table", "cells");

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains("--copy-to");
    assertThat(cli.out()).isEmpty();
  }
}
