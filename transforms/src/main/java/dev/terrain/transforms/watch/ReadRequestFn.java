package dev.terrain.transforms.watch;

import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Takes in the request that a file holds. */
final class ReadRequestFn extends DoFn<String, ModelRequest> {
  private static final long serialVersionUID = 1;

  private final RequestIntake intake;
  private final TupleTag<Failure> failed;

  ReadRequestFn(RequestIntake intake, TupleTag<Failure> failed) {
    this.intake = intake;
    this.failed = failed;
  }

  @ProcessElement
  public void process(
      @Element String name, OutputReceiver<ModelRequest> out, MultiOutputReceiver outputs) {
    intake.take(name, () -> read(name), out, outputs.get(failed));
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(name, false)))) {
      byte[] bytes = in.readNBytes(RequestText.MAX_BYTES + 1);
      if (bytes.length > RequestText.MAX_BYTES) {
        throw new IllegalArgumentException(
            name + ": has more than " + RequestText.MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
