package dev.terrain.transforms.watch;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.transforms.Coders;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.Sweep;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/**
 * Picks up requests from a folder as they come: sweeps ({@code *.yaml}, {@code *.yml}) and Avro
 * files of single specs ({@code *.avro}, records of ModelSpec).
 *
 * <p>A file is a new request whenever its name, size or time of last change is new; what it asks
 * for may well be known. Files must be written elsewhere and renamed into the folder, or else half
 * a file may be read; names that begin with a dot are passed over. A file that is no valid request
 * becomes a failure of the stage {@code watch} whose message names the file, and stops nothing.
 *
 * <p>Counters: {@code requests}, {@code requests_failed}, {@code models_requested}.
 */
public final class WatchRequests extends PTransform<PBegin, PCollectionTuple> {
  /** The models asked for. */
  public static final TupleTag<ModelRequest> MODELS = new TupleTag<>("models") {};

  /** The requests that could not be used. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Time between two looks into the folder unless told otherwise: nobody waits long for it. */
  public static final Duration DEFAULT_POLL = Duration.standardSeconds(5);

  private static final long serialVersionUID = 1;

  private final String folder;
  private final Duration poll;
  private final @Nullable Sweep template;

  private WatchRequests(String folder, Duration poll, @Nullable Sweep template) {
    this.folder = checkArgumentNotNull(folder, "folder");
    this.poll = checkArgumentNotNull(poll, "poll");
    if (poll.getMillis() < 1) {
      throw new IllegalArgumentException("poll (" + poll + ") must be a millisecond at least");
    }
    this.template = template;
  }

  /** Requests that appear in a folder, or under a {@code gs://} prefix. */
  public static WatchRequests fromFolder(String folder) {
    String trimmed = folder.replaceFirst("/+$", "");
    return new WatchRequests(trimmed, DEFAULT_POLL, null);
  }

  /** Time between two looks into the folder. Default: 5 seconds. */
  public WatchRequests withPoll(Duration newPoll) {
    return new WatchRequests(folder, newPoll, template);
  }

  /**
   * The sweep whose name, axes, metrics and settings single specs take, but not its values and
   * seeds. Default: a sweep "specs" of width and batch size with everything measured as by default.
   */
  public WatchRequests withTemplate(Sweep newTemplate) {
    return new WatchRequests(folder, poll, newTemplate);
  }

  @Override
  public PCollectionTuple expand(PBegin input) {
    // A source of ticks can be drained; a function that polls for ever cannot.
    return read(input.apply("Tick", GenerateSequence.from(0).withRate(1, poll)));
  }

  /** The requests there are at each tick. */
  PCollectionTuple read(PCollection<Long> ticks) {
    PCollection<KV<String, String>> files =
        ticks
            .apply("List", ParDo.of(new ListFilesFn(folder, poll)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    return readFiles(files);
  }

  /** The requests of files with their stamps, each stamp once. */
  PCollectionTuple readFiles(PCollection<KV<String, String>> files) {
    PCollectionTuple read =
        files
            .apply("Keep changed", ParDo.of(new ChangedFilesFn()))
            .setCoder(StringUtf8Coder.of())
            .apply(
                "Read",
                ParDo.of(new ReadRequestFn(new RequestText(template), FAILURES))
                    .withOutputTags(MODELS, TupleTagList.of(FAILURES)));
    read.get(MODELS).setCoder(Coders.of(ModelRequest.class));
    read.get(FAILURES).setCoder(Coders.of(Failure.class));
    return read;
  }
}
