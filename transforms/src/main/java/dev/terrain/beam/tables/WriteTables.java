package dev.terrain.beam.tables;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
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
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of a study as Avro files {@code tables/<table>/part-<i>-of-<n>.avro} (deflate),
 * in the place of those of an earlier run with the same number of parts. A file appears under its
 * name only when it is whole. A table without rows gets no file.
 *
 * <p>The number of parts is fixed: with a number left to the runner, parts of several bundles may
 * take one name and records be lost. Rows are counted in {@code rows_<table>}, for a check against
 * what the files hold.
 *
 * <p>Input: a tuple of {@link #RESULTS}, {@link #CELLS}, {@link #CELL_METRICS} and {@link
 * #FAILURES}. Output: the addresses of the files, once they are there. All rows go through one
 * writer, as bytes: a writer for each table would cost an engine more than the rows do.
 */
public final class WriteTables extends PTransform<PCollectionTuple, PCollection<String>> {
  /** The finished units, whose rows go into four tables. */
  public static final TupleTag<KV<Unit, UnitResult>> RESULTS = new TupleTag<>("results") {};

  /** Rows of the table of cells. */
  public static final TupleTag<Cell> CELLS = new TupleTag<>("cells") {};

  /** Rows of the table of the cells' metrics. */
  public static final TupleTag<CellMetric> CELL_METRICS = new TupleTag<>("cell_metrics") {};

  /** Rows of the table of failures. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private static final long serialVersionUID = 1;
  private static final String STAGED_SUFFIX = ".writing";

  private final String study;
  private final int parts;
  private final @Nullable String run;

  private WriteTables(String study, int parts, @Nullable String run) {
    this.study = checkArgumentNotNull(study, "study");
    this.run = run;
    if (parts < 1) {
      throw new IllegalArgumentException("parts (" + parts + ") must be positive");
    }
    this.parts = parts;
  }

  /** Writes the tables of a study, each in one part. */
  public static WriteTables into(String study) {
    return new WriteTables(study, 1, null);
  }

  /**
   * In how many files a table is written; more for tables of more than about a million rows.
   * Default: 1.
   */
  public WriteTables withParts(int newParts) {
    return new WriteTables(study, newParts, run);
  }

  /**
   * Writes under names of a run's own, {@link #stagedName}, for whoever puts the files in the place
   * of those of other runs: of several runs into one study, one at a time. Default: the files have
   * their names at once, which is for studies that nobody else writes into.
   *
   * @param id name of the run, of a-z and 0-9, that no other has
   */
  public WriteTables withRun(String id) {
    return new WriteTables(study, parts, checkArgumentNotNull(id, "id"));
  }

  /** Name in a study of a part of a table before it is in its place; no reader looks for it. */
  public static String stagedName(String table, String run, int part, int parts) {
    return "tables/%s%s-%05d-of-%05d%s"
        .formatted(table, stagedPrefix(run), part, parts, STAGED_SUFFIX);
  }

  /** Whether this is the name of a part that is not in its place. */
  public static boolean isStagedName(String name) {
    return name.contains("/.part-") && name.endsWith(STAGED_SUFFIX);
  }

  private static String stagedPrefix(String run) {
    return "/.part-" + run;
  }

  @Override
  public PCollection<String> expand(PCollectionTuple input) {
    String prefix = run == null ? "/part" : stagedPrefix(run);
    String suffix = run == null ? ".avro" : STAGED_SUFFIX;
    return EncodeRows.all(input)
        .apply(
            "Write",
            FileIO.<String, KV<String, byte[]>>writeDynamic()
                .by(KV::getKey)
                .withDestinationCoder(StringUtf8Coder.of())
                .via(Contextful.fn(WriteTables::decode), Contextful.fn(WriteTables::sink))
                .to(study + "/tables")
                .withNaming(table -> FileIO.Write.defaultNaming(table + prefix, suffix))
                .withNumShards(parts))
        .getPerDestinationOutputFilenames()
        .apply("Files", Values.create());
  }

  private static GenericRecord decode(KV<String, byte[]> row) {
    return EncodeRows.decode(row.getValue(), EncodeRows.schema(row.getKey()));
  }

  private static FileIO.Sink<GenericRecord> sink(String table) {
    return AvroIO.<GenericRecord>sink(EncodeRows.schema(table))
        .withCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
  }
}
