package dev.terrain.beam.watch;

import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Takes in the sweep that a Pub/Sub message holds, named by the message's identity. */
final class ReadMessageFn extends DoFn<PubsubMessage, ModelRequest> {
  private static final long serialVersionUID = 1;

  private final RequestIntake intake;
  private final TupleTag<Failure> failed;

  ReadMessageFn(RequestIntake intake, TupleTag<Failure> failed) {
    this.intake = intake;
    this.failed = failed;
  }

  @ProcessElement
  public void process(
      @Element PubsubMessage message,
      OutputReceiver<ModelRequest> out,
      MultiOutputReceiver outputs) {
    intake.take(
        "message-" + message.getMessageId() + ".yaml",
        source -> message.getPayload(),
        out,
        outputs.get(failed));
  }
}
