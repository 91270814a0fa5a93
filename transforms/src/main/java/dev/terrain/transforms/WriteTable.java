package dev.terrain.transforms;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import org.apache.avro.file.CodecFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.io.AvroIO;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes one table of a study as Avro files {@code tables/<table>/part-<i>-of-<n>.avro} (deflate),
 * in the place of those of an earlier run with the same number of parts. A file appears under its
 * name only when it is whole.
 *
 * <p>The number of parts is fixed: with a number left to the runner, parts of several bundles may
 * take one name and records be lost. Rows are counted in {@code rows_<table>}, for a check against
 * what the files hold.
 */
public final class WriteTable<RowT extends SpecificRecord>
    extends PTransform<PCollection<RowT>, PDone> {
  private static final long serialVersionUID = 1;

  private final Class<RowT> type;
  private final String study;
  private final String table;
  private final int parts;

  private WriteTable(Class<RowT> type, String study, String table, int parts) {
    this.type = checkArgumentNotNull(type, "type");
    this.study = checkArgumentNotNull(study, "study");
    this.table = checkArgumentNotNull(table, "table");
    if (parts < 1) {
      throw new IllegalArgumentException("parts (" + parts + ") must be positive");
    }
    this.parts = parts;
  }

  /** Writes a table of a study in one part. */
  public static <RowT extends SpecificRecord> WriteTable<RowT> of(
      Class<RowT> type, String study, String table) {
    return new WriteTable<>(type, study, table, 1);
  }

  /** In how many files; more for tables of more than about a million rows. Default: 1. */
  public WriteTable<RowT> withParts(int newParts) {
    return new WriteTable<>(type, study, table, newParts);
  }

  @Override
  public PDone expand(PCollection<RowT> rows) {
    return rows.apply("Count", ParDo.of(new CountFn<>(table)))
        .setCoder(Coders.of(type))
        .apply(
            "Write",
            AvroIO.write(type)
                .to(study + "/tables/" + table + "/part")
                .withSuffix(".avro")
                .withCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL))
                .withNumShards(parts));
  }

  private static final class CountFn<RowT> extends DoFn<RowT, RowT> {
    private static final long serialVersionUID = 1;

    private final Counter rows;

    CountFn(String table) {
      rows = Metrics.counter(StageCounters.NAMESPACE, "rows_" + table);
    }

    @ProcessElement
    public void process(@Element RowT row, OutputReceiver<RowT> out) {
      rows.inc();
      out.output(row);
    }
  }
}
