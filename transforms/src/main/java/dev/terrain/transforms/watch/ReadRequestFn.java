package dev.terrain.transforms.watch;

import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Reads a request's file and asks for its models, or says why it cannot. */
final class ReadRequestFn extends DoFn<String, ModelRequest> {
  private static final long serialVersionUID = 1;

  private final RequestText requests;
  private final TupleTag<Failure> failed;
  private final Counter accepted = Watch.counter("requests");
  private final Counter refused = Watch.counter("requests_failed");
  private final Counter models = Watch.counter("models_requested");

  ReadRequestFn(RequestText requests, TupleTag<Failure> failed) {
    this.requests = requests;
    this.failed = failed;
  }

  @ProcessElement
  public void process(
      @Element String name, OutputReceiver<ModelRequest> out, MultiOutputReceiver outputs) {
    try {
      RequestText.Request request = requests.parse(name, read(name));
      accepted.inc();
      models.inc(request.count());
      Watch.LOG.info(
          "picked up {}: sweep {}, {} models", name, request.frame().getName(), request.count());
      request.models().forEach(out::output);
    } catch (FileNotFoundException e) {
      refuse(name + ": there is no such file any more", e, outputs);
    } catch (IOException e) {
      refuse(name + ": cannot be read: " + e.getMessage(), e, outputs);
    } catch (RuntimeException e) {
      refuse(e.getMessage() == null ? name + ": " + e : e.getMessage(), e, outputs);
    }
  }

  private void refuse(String message, Exception cause, MultiOutputReceiver outputs) {
    refused.inc();
    Watch.LOG.warn("refused: {}", message);
    outputs.get(failed).output(Watch.failure(message, cause));
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
