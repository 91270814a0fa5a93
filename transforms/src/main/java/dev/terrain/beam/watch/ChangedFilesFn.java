package dev.terrain.beam.watch;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Lets a file pass when it is new or has changed; what is kept for each file is its stamp. */
final class ChangedFilesFn extends DoFn<KV<String, String>, String> {
  private static final long serialVersionUID = 1;

  @StateId("seen")
  private final StateSpec<ValueState<String>> seenSpec = StateSpecs.value(StringUtf8Coder.of());

  @ProcessElement
  public void process(
      @Element KV<String, String> file,
      @StateId("seen") ValueState<String> seen,
      OutputReceiver<String> out) {
    if (!file.getValue().equals(seen.read())) {
      seen.write(file.getValue());
      out.output(file.getKey());
    }
  }
}
