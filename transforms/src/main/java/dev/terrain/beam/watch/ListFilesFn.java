package dev.terrain.beam.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/** Lists a folder at each tick: addresses of its requests, with size and time of each. */
final class ListFilesFn extends DoFn<Long, KV<String, String>> {
  private static final long serialVersionUID = 1;

  private final String folder;
  private final Duration poll;
  private transient long listedAt;
  private transient boolean listed;

  /**
   * @param folder address without a slash at its end
   * @param poll time between ticks
   */
  ListFilesFn(String folder, Duration poll) {
    this.folder = folder;
    this.poll = poll;
  }

  @ProcessElement
  public void process(OutputReceiver<KV<String, String>> out) {
    // After a pause the source makes up for all the ticks it has missed.
    long now = System.nanoTime();
    if (listed && now - listedAt < poll.getMillis() * 500_000) {
      return;
    }
    listed = true;
    listedAt = now;
    try {
      list().forEach((name, stamp) -> out.output(KV.of(name, stamp)));
    } catch (IOException e) {
      Watch.LOG.warn("{} cannot be listed now: {}", folder, e.getMessage());
    }
  }

  private Map<String, String> list() throws IOException {
    Optional<Path> path = RequestFolder.path(folder);
    if (path.isPresent()) {
      return RequestFolder.list(path.get());
    }
    Map<String, String> stamps = new TreeMap<>();
    for (MatchResult match :
        FileSystems.match(
            List.of(folder + "/*.yaml", folder + "/*.yml", folder + "/*.avro"),
            EmptyMatchTreatment.ALLOW)) {
      for (MatchResult.Metadata file : match.metadata()) {
        if (RequestText.isRequest(file.resourceId().getFilename())) {
          stamps.put(
              file.resourceId().toString(),
              file.sizeBytes() + " bytes of " + file.lastModifiedMillis());
        }
      }
    }
    return stamps;
  }
}
