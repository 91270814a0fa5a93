package dev.terrain.beam.watch;

import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
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
    intake.take(name, source -> read(name, source), out, outputs.get(failed));
  }

  private static byte[] read(String name, String source) throws IOException {
    int most = RequestText.maxBytes(name);
    Optional<Path> file = RequestFolder.path(name);
    if (file.isPresent()) {
      return RequestFolder.read(file.get(), source, most);
    }
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(name, false)))) {
      return RequestFolder.read(in, source, most);
    }
  }
}
