package dev.terrain.beam.watch;

import dev.terrain.beam.units.Coders;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** What each element of a collection means to its cell: news, keyed by the cell's identity. */
final class CellNewsOf<T, N extends SpecificRecord>
    extends PTransform<PCollection<T>, PCollection<KV<String, N>>> {
  private static final long serialVersionUID = 1;

  private final Class<N> type;
  private final SerializableFunction<T, KV<String, N>> of;

  private CellNewsOf(Class<N> type, SerializableFunction<T, KV<String, N>> of) {
    this.type = type;
    this.of = of;
  }

  static <T, N extends SpecificRecord> CellNewsOf<T, N> of(
      Class<N> type, SerializableFunction<T, KV<String, N>> of) {
    return new CellNewsOf<>(type, of);
  }

  @Override
  public PCollection<KV<String, N>> expand(PCollection<T> elements) {
    return elements
        .apply("Tell", ParDo.of(new TellFn<>(of)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Coders.of(type)));
  }

  private static final class TellFn<T, N> extends DoFn<T, KV<String, N>> {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<T, KV<String, N>> of;

    TellFn(SerializableFunction<T, KV<String, N>> of) {
      this.of = of;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<String, N>> out) {
      out.output(of.apply(element));
    }
  }
}
