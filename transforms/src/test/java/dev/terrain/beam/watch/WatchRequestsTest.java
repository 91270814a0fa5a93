package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessageWithMessageIdCoder;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class WatchRequestsTest {
  private static final String YAML =
      """
      axes:
        load: {width: [2, 4]}
        temperature: {batch_size: [16]}
      seeds: 2
      """;

  private static final String SUBSCRIPTION = "projects/some-project/subscriptions/requests";

  @TempDir private Path folder;
  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  private WatchRequests watch() {
    return WatchRequests.fromFolder(folder.toString());
  }

  private PCollectionTuple list(WatchRequests watch) {
    return watch.read(pipeline.apply(Create.of(0L)));
  }

  private void writeSpecs(String name, ModelSpec... specs) throws IOException {
    try (DataFileWriter<ModelSpec> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ModelSpec.class))) {
      writer.create(ModelSpec.getClassSchema(), folder.resolve(name).toFile());
      for (ModelSpec spec : specs) {
        writer.append(spec);
      }
    }
  }

  private static List<ModelRequest> requests(Sweep sweep) {
    return Requests.models(sweep);
  }

  private void assertGives(PCollectionTuple read, List<ModelRequest> expected) {
    PAssert.that(read.get(WatchRequests.MODELS)).containsInAnyOrder(expected);
    PAssert.that(read.get(WatchRequests.FAILURES)).empty();
    pipeline.run();
  }

  private void assertRefuses(PCollectionTuple read, String... messages) {
    PAssert.that(read.get(WatchRequests.MODELS)).empty();
    PAssert.that(read.get(WatchRequests.FAILURES))
        .satisfies(
            failures -> {
              List<String> found = new ArrayList<>();
              for (Failure failure : failures) {
                assertThat(failure.getStage()).isEqualTo("watch");
                found.add(failure.getMessage());
              }
              assertThat(found).singleElement().asString().contains(messages);
              return null;
            });
    pipeline.run();
  }

  @Test
  void sweepsAndSpecsInAFolderAreFound_andOtherFilesAreNot() throws IOException {
    Files.writeString(folder.resolve("grid.yaml"), YAML);
    Files.writeString(folder.resolve(".half.yaml"), YAML);
    Files.writeString(folder.resolve("notes.txt"), "no request");
    ModelSpec spec = ModelSpec.newBuilder().setWidth(3).setSeed(7).build();
    writeSpecs("one.avro", spec);

    List<ModelRequest> expected = new ArrayList<>(requests(SweepFile.parse(YAML, "grid")));
    expected.add(new ModelRequest(SpecFile.defaultFrame(), spec));

    assertGives(list(watch()), expected);
  }

  @Test
  void specsTakeTheFrameOfTheTemplate() throws IOException {
    ModelSpec spec = ModelSpec.newBuilder().setWidth(3).build();
    writeSpecs("one.avro", spec);
    Sweep template = Requests.sweep("all", "5");

    assertGives(
        list(watch().withTemplate(template)),
        List.of(new ModelRequest(SweepFrame.of(template), spec)));
  }

  @Test
  void aFileIsARequestAgainOnlyWhenItHasChanged() throws IOException {
    Path grid = Files.writeString(folder.resolve("grid.yaml"), YAML);
    KV<String, String> first = KV.of(grid.toString(), "90 bytes of 1000");
    KV<String, String> changed = KV.of(grid.toString(), "90 bytes of 2000");
    TestStream<KV<String, String>> listings =
        TestStream.create(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .addElements(first)
            .addElements(first)
            .advanceWatermarkTo(Instant.ofEpochMilli(1_000_000))
            .addElements(first, changed)
            .addElements(changed)
            .advanceWatermarkToInfinity();
    List<ModelRequest> once = requests(SweepFile.parse(YAML, "grid"));
    List<ModelRequest> twice = new ArrayList<>(once);
    twice.addAll(once);

    assertGives(watch().readFiles(pipeline.apply(listings)), twice);
  }

  @Test
  void aMalformedSweepIsAFailureThatNamesFileLineAndColumn() throws IOException {
    Files.writeString(folder.resolve("bad.yml"), YAML.replace("width", "widht"));

    assertRefuses(list(watch()), "bad.yml:2:10", "unknown", "width");
  }

  @Test
  void aSpecOutOfRangeIsAFailureThatNamesFileAndRecord() throws IOException {
    writeSpecs(
        "bad.avro",
        ModelSpec.newBuilder().build(),
        ModelSpec.newBuilder().setLabelNoise(1.5).build());

    assertRefuses(list(watch()), "bad.avro: record 2: base.label_noise");
  }

  @Test
  void aSweepThatDoesNotFitItsDataIsAFailureWithItsPlace() throws IOException {
    Files.writeString(folder.resolve("large.yaml"), YAML.replace("[16]", "[16, 2000]"));

    assertRefuses(
        list(watch().withData(null)), "large.yaml:3:34: axes.temperature.batch_size[1]", "(1437)");
  }

  @Test
  void aSweepThatNamesASettingTwiceIsAFailure() throws IOException {
    Files.writeString(folder.resolve("twice.yaml"), YAML + "base: {width: 3}\n");

    assertRefuses(list(watch()), "twice.yaml:5:15: base.width: is also the axis axes.load.width");
  }

  @Test
  void aSpecThatDoesNotFitItsDataIsAFailure() throws IOException {
    writeSpecs(
        "large.avro",
        ModelSpec.newBuilder().build(),
        ModelSpec.newBuilder().setBatchSize(2000).build());

    assertRefuses(list(watch().withData(null)), "large.avro: record 2: batch_size (2000)");
  }

  @Test
  void dataThatAreNotThereYetDoNotHoldARequestUp() throws IOException {
    String yaml = YAML + "base: {dataset: fashion-mnist}\n";
    Files.writeString(folder.resolve("later.yaml"), yaml);

    assertGives(
        list(watch().withData(folder.resolve("none").toString())),
        requests(SweepFile.parse(yaml, "later")));
  }

  @Test
  void somethingElseThanAvroIsAFailure() throws IOException {
    Files.writeString(folder.resolve("bad.avro"), "no Avro");

    assertRefuses(list(watch()), "bad.avro: not an Avro file of ModelSpec records");
  }

  @Test
  void aFileThatIsGoneIsAFailure() {
    assertRefuses(
        watch()
            .readFiles(
                pipeline.apply(
                    Create.of(KV.of(folder.resolve("gone.yaml").toString(), "1 bytes of 1")))),
        "gone.yaml: there is no such file any more");
  }

  @Test
  void aFolderThatIsNotThereYetHasNoRequests() {
    assertGives(
        WatchRequests.fromFolder(folder.resolve("later").toString() + "/")
            .read(pipeline.apply(Create.of(0L))),
        List.of());
  }

  @Test
  void aPollWithoutATimeIsRefused() {
    WatchRequests watch = watch();
    assertThatIllegalArgumentException().isThrownBy(() -> watch.withPoll(Duration.ZERO));
  }

  private PCollectionTuple deliver(String... payloads) {
    List<PubsubMessage> messages = new ArrayList<>();
    for (String payload : payloads) {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      messages.add(new PubsubMessage(bytes, null, "id" + messages.size()));
    }
    return WatchRequests.fromSubscription(SUBSCRIPTION)
        .readMessages(
            pipeline.apply(Create.of(messages).withCoder(PubsubMessageWithMessageIdCoder.of())));
  }

  @Test
  void aMessageIsASweep() {
    assertGives(
        deliver("name: sent\n" + YAML), requests(SweepFile.parse("name: sent\n" + YAML, "x")));
  }

  @Test
  void aMessageThatIsNoSweepIsRefusedByItsIdentity() {
    assertRefuses(
        deliver("seedz: 3\n"), "message-id0.yaml:1:1: unknown key; did you mean 'seeds'?");
  }

  @Test
  void aSubscriptionIsReceived() {
    pipeline.apply("Watch", WatchRequests.from(SUBSCRIPTION));
    List<String> subscriptions = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getFullName().equals("Watch/Receive")) {
              DisplayData.from(node.getTransform()).items().stream()
                  .filter(item -> item.getKey().equals("subscription"))
                  .forEach(item -> subscriptions.add(String.valueOf(item.getValue())));
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    assertThat(subscriptions).containsExactly(SUBSCRIPTION);
  }

  @Test
  void aSubscriptionOfAnotherFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchRequests.fromSubscription("requests"))
        .withMessageContaining("requests")
        .withMessageContaining("projects/PROJECT/subscriptions/NAME");
  }
}
