package dev.terrain.transforms;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.io.AvroIO;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Writes the tables of a study as Avro files {@code tables/<table>/part-<i>-of-<n>.avro} (deflate),
 * in the place of those of an earlier run with the same number of parts. A file appears under its
 * name only when it is whole. A table without rows gets no file.
 *
 * <p>The number of parts is fixed: with a number left to the runner, parts of several bundles may
 * take one name and records be lost. Rows are counted in {@code rows_<table>}, for a check against
 * what the files hold.
 *
 * <p>Input: a tuple of {@link #RESULTS}, {@link #CELLS} and {@link #FAILURES}. All rows go through
 * one writer, as bytes: a writer for each table would cost an engine more than the rows do.
 */
public final class WriteTables extends PTransform<PCollectionTuple, PDone> {
  /** The finished units, whose rows go into four tables. */
  public static final TupleTag<KV<Unit, UnitResult>> RESULTS = new TupleTag<>("results") {};

  /** Rows of the table of cells. */
  public static final TupleTag<Cell> CELLS = new TupleTag<>("cells") {};

  /** Rows of the table of failures. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final long serialVersionUID = 1;

  private final String study;
  private final int parts;

  private WriteTables(String study, int parts) {
    this.study = checkArgumentNotNull(study, "study");
    if (parts < 1) {
      throw new IllegalArgumentException("parts (" + parts + ") must be positive");
    }
    this.parts = parts;
  }

  /** Writes the tables of a study, each in one part. */
  public static WriteTables into(String study) {
    return new WriteTables(study, 1);
  }

  /**
   * In how many files a table is written; more for tables of more than about a million rows.
   * Default: 1.
   */
  public WriteTables withParts(int newParts) {
    return new WriteTables(study, newParts);
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    EncodeRows.all(input)
        .apply(
            "Write",
            FileIO.<String, KV<String, byte[]>>writeDynamic()
                .by(KV::getKey)
                .withDestinationCoder(StringUtf8Coder.of())
                .via(Contextful.fn(WriteTables::decode), Contextful.fn(WriteTables::sink))
                .to(study + "/tables")
                .withNaming(table -> FileIO.Write.defaultNaming(table + "/part", ".avro"))
                .withNumShards(parts));
    return PDone.in(input.getPipeline());
  }

  private static GenericRecord decode(KV<String, byte[]> row) {
    return EncodeRows.decode(row.getValue(), EncodeRows.schema(row.getKey()));
  }

  private static FileIO.Sink<GenericRecord> sink(String table) {
    return AvroIO.<GenericRecord>sink(EncodeRows.schema(table))
        .withCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
  }
}
