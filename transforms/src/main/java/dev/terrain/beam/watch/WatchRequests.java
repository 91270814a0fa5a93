package dev.terrain.beam.watch;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.Sweep;
import java.util.regex.Pattern;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Picks up requests as they come, usually from a folder: sweeps ({@code *.yaml}, {@code *.yml}) and
 * Avro files of single specs ({@code *.avro}, records of ModelSpec).
 *
 * <p>A file is a new request whenever its name, size or time of last change is new; what it asks
 * for may well be known. Files must be written elsewhere and renamed into the folder, or else half
 * a file may be read; names that begin with a dot are passed over. A file that is no valid request
 * becomes a failure of the stage {@code watch} whose message names the file, and stops nothing.
 *
 * <p>Or else each message of a Pub/Sub subscription is a request, the text of a sweep.
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
  private static final Pattern SUBSCRIPTION = Pattern.compile("projects/[^/]+/subscriptions/[^/]+");

  private final String source;
  private final Duration poll;
  private final @Nullable Sweep template;
  private final @Nullable RequestData data;

  private WatchRequests(
      String source, Duration poll, @Nullable Sweep template, @Nullable RequestData data) {
    this.source = checkArgumentNotNull(source, "source");
    this.poll = checkArgumentNotNull(poll, "poll");
    if (poll.getMillis() < 1) {
      throw new IllegalArgumentException("poll (" + poll + ") must be a millisecond at least");
    }
    this.template = template;
    this.data = data;
  }

  /** Requests that appear in a folder, or under a {@code gs://} prefix. */
  public static WatchRequests fromFolder(String folder) {
    String trimmed = folder.replaceFirst("/+$", "");
    return new WatchRequests(trimmed, DEFAULT_POLL, null, null);
  }

  /**
   * Requests that a Pub/Sub subscription delivers. A message is acknowledged once it is in the
   * engine's state.
   *
   * @param subscription {@code projects/PROJECT/subscriptions/NAME}
   * @throws IllegalArgumentException if it is of another form
   */
  public static WatchRequests fromSubscription(String subscription) {
    if (!isSubscription(subscription)) {
      throw new IllegalArgumentException(
          subscription + ": must be of the form projects/PROJECT/subscriptions/NAME");
    }
    return new WatchRequests(subscription, DEFAULT_POLL, null, null);
  }

  /** Requests from a subscription if the address is one, else from a folder or prefix. */
  public static WatchRequests from(String address) {
    return isSubscription(address) ? fromSubscription(address) : fromFolder(address);
  }

  /** Whether an address is that of a Pub/Sub subscription. */
  public static boolean isSubscription(String address) {
    return SUBSCRIPTION.matcher(address).matches();
  }

  /** Time between two looks into the folder. Default: 5 seconds. */
  public WatchRequests withPoll(Duration newPoll) {
    return new WatchRequests(source, newPoll, template, data);
  }

  /**
   * The sweep whose name, axes, metrics and settings single specs take, but not its values and
   * seeds. Default: a sweep "specs" of width and batch size with everything measured as by default.
   */
  public WatchRequests withTemplate(Sweep newTemplate) {
    return new WatchRequests(source, poll, newTemplate, data);
  }

  /**
   * Where the data are that requests must fit: one whose batches, say, are larger than its data set
   * is refused. By default only the units of such a request fail.
   *
   * @param location folder or {@code gs://} prefix; null for where they are by default
   */
  public WatchRequests withData(@Nullable String location) {
    return new WatchRequests(source, poll, template, new RequestData(location));
  }

  @Override
  public PCollectionTuple expand(PBegin input) {
    if (isSubscription(source)) {
      return readMessages(
          input.apply("Receive", PubsubIO.readMessagesWithMessageId().fromSubscription(source)));
    }
    // A source of ticks can be drained; a function that polls for ever cannot.
    return read(input.apply("Tick", GenerateSequence.from(0).withRate(1, poll)));
  }

  /** The requests there are at each tick. */
  PCollectionTuple read(PCollection<Long> ticks) {
    PCollection<KV<String, String>> files =
        ticks
            .apply("List", ParDo.of(new ListFilesFn(source, poll)))
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
                ParDo.of(new ReadRequestFn(intake(), FAILURES))
                    .withOutputTags(MODELS, TupleTagList.of(FAILURES)));
    return withCoders(read);
  }

  /** The requests of messages. */
  PCollectionTuple readMessages(PCollection<PubsubMessage> messages) {
    return withCoders(
        messages.apply(
            "Read",
            ParDo.of(new ReadMessageFn(intake(), FAILURES))
                .withOutputTags(MODELS, TupleTagList.of(FAILURES))));
  }

  private RequestIntake intake() {
    return new RequestIntake(new RequestText(template, data));
  }

  private static PCollectionTuple withCoders(PCollectionTuple read) {
    read.get(MODELS).setCoder(Coders.of(ModelRequest.class));
    read.get(FAILURES).setCoder(Coders.of(Failure.class));
    return read;
  }
}
