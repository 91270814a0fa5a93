package dev.terrain.transforms.watch;

import dev.terrain.spec.VisibleText;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;

/** Asks for the models of a request, or says why it cannot. */
final class RequestIntake implements Serializable {
  private static final long serialVersionUID = 1;

  private final RequestText requests;
  private final Counter accepted = Watch.counter("requests");
  private final Counter refused = Watch.counter("requests_failed");
  private final Counter models = Watch.counter("models_requested");

  RequestIntake(RequestText requests) {
    this.requests = requests;
  }

  /** Gives the content of a request. */
  interface Content {
    byte[] read() throws IOException;
  }

  /**
   * Takes a request in.
   *
   * @param name what the user calls it; its ending tells what it is
   */
  void take(
      String name,
      Content content,
      OutputReceiver<ModelRequest> out,
      OutputReceiver<Failure> failed) {
    try {
      RequestText.Request request = requests.parse(name, content.read());
      accepted.inc();
      models.inc(request.count());
      Watch.LOG.info(
          "picked up {}: sweep {}, {} models",
          VisibleText.of(name),
          request.frame().getName(),
          request.count());
      request.models().forEach(out::output);
    } catch (FileNotFoundException e) {
      refuse(name + ": there is no such file any more", e, failed);
    } catch (IOException e) {
      refuse(name + ": cannot be read: " + e.getMessage(), e, failed);
    } catch (RuntimeException e) {
      refuse(e.getMessage() == null ? name + ": " + e : e.getMessage(), e, failed);
    }
  }

  private void refuse(String said, Exception cause, OutputReceiver<Failure> failed) {
    // Names of files may hold anything.
    String message = VisibleText.ofLines(said);
    refused.inc();
    Watch.LOG.warn("refused: {}", message);
    failed.output(Watch.failure(message, cause));
  }
}
