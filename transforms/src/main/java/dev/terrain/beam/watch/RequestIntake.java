package dev.terrain.beam.watch;

import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.VisibleText;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;

/**
 * Asks for the models of a request, or says why it cannot, with no word of what the request holds:
 * it need not have been meant for those who read the table of failures or the log.
 */
final class RequestIntake implements Serializable {
  /** Problems of one request that are told. */
  private static final int MOST_PROBLEMS = 20;

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
    /**
     * Reads it.
     *
     * @param source what messages call it
     */
    byte[] read(String source) throws IOException;
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
    String source = VisibleText.of(name);
    parse(name, source, content, failed)
        .ifPresent(
            request -> {
              accepted.inc();
              models.inc(request.count());
              String sweep = VisibleText.of(request.frame().getName());
              Watch.LOG.info("picked up {}: sweep {}, {} models", source, sweep, request.count());
              request.models().forEach(out::output);
            });
  }

  private Optional<RequestText.Request> parse(
      String name, String source, Content content, OutputReceiver<Failure> failed) {
    try {
      return Optional.of(requests.parse(name, source, content.read(source)));
    } catch (FileNotFoundException | NoSuchFileException e) {
      refuse(source + ": there is no such file any more", e, failed);
    } catch (IOException e) {
      String problem = VisibleText.of(String.valueOf(e.getMessage()));
      refuse(source + ": cannot be read: " + problem, e, failed);
    } catch (InvalidSweepException e) {
      refuse(problems(source, e), e, failed);
    } catch (RefusedRequestException e) {
      refuse(Objects.requireNonNull(e.getMessage()), e, failed);
    } catch (InvalidPathException e) {
      refuse(source + ": its name is none on this machine", e, failed);
    } catch (RuntimeException | StackOverflowError e) {
      refuse(source + ": cannot be understood", e, failed);
    }
    return Optional.empty();
  }

  private static String problems(String source, InvalidSweepException invalid) {
    List<String> lines =
        invalid.problems().stream()
            .map(problem -> source + (problem.line() == 0 ? ": " : ":") + problem)
            .toList();
    String first = lines.stream().limit(MOST_PROBLEMS).collect(Collectors.joining("\n"));
    int more = lines.size() - MOST_PROBLEMS;
    return more <= 0 ? first : first + "\nand " + more + " more";
  }

  private void refuse(String message, Throwable cause, OutputReceiver<Failure> failed) {
    refused.inc();
    Watch.LOG.warn("refused: {}", message);
    failed.output(Watch.failure(message, cause));
  }
}
