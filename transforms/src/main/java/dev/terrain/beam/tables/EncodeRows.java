package dev.terrain.beam.tables;

import dev.terrain.beam.units.StageCounters;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Turns rows into Avro's binary form, keyed by their table and counted in {@code rows_<table>}. */
final class EncodeRows {
  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "models", Model.getClassSchema(),
          "measurements", Measurement.getClassSchema(),
          "spectra", Spectrum.getClassSchema(),
          "paths", LossPath.getClassSchema(),
          "cells", Cell.getClassSchema(),
          "cell_metrics", CellMetric.getClassSchema(),
          "failures", Failure.getClassSchema());

  private EncodeRows() {}

  /** The schema of a table's rows. */
  static Schema schema(String table) {
    return Objects.requireNonNull(SCHEMAS.get(table));
  }

  /** All rows of the tuple that {@link WriteTables} takes. */
  static PCollection<KV<String, byte[]>> all(PCollectionTuple input) {
    PCollection<KV<String, byte[]>> ofResults =
        encoded(
            input
                .get(WriteTables.RESULTS)
                .apply("Encode results", ParDo.of(new EncodeRows.OfResults())));
    PCollection<KV<String, byte[]>> ofCells =
        encoded(
            input
                .get(WriteTables.CELLS)
                .apply("Encode cells", ParDo.of(new EncodeRows.Of<Cell>("cells"))));
    PCollection<KV<String, byte[]>> ofCellMetrics =
        encoded(
            input
                .get(WriteTables.CELL_METRICS)
                .apply(
                    "Encode cell metrics",
                    ParDo.of(new EncodeRows.Of<CellMetric>("cell_metrics"))));
    PCollection<KV<String, byte[]>> ofFailures =
        encoded(
            input
                .get(WriteTables.FAILURES)
                .apply("Encode failures", ParDo.of(new EncodeRows.Of<Failure>("failures"))));
    return PCollectionList.of(ofResults)
        .and(ofCells)
        .and(ofCellMetrics)
        .and(ofFailures)
        .apply("Join rows", Flatten.pCollections());
  }

  private static PCollection<KV<String, byte[]>> encoded(PCollection<KV<String, byte[]>> rows) {
    return rows.setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  }

  /** A row as Avro's own writer takes it, without conversion of its timestamps. */
  static GenericRecord decode(byte[] row, Schema schema) {
    try {
      return new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
          .read(null, DecoderFactory.get().binaryDecoder(row, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encode(SpecificRecord row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      // Not the schema alone: by it Avro would find the class that an earlier job of this process
      // had.
      new SpecificDatumWriter<SpecificRecord>(
              row.getSchema(), SpecificData.getForClass(row.getClass()))
          .write(row, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Counter counter(String table) {
    return Metrics.counter(StageCounters.NAMESPACE, "rows_" + table);
  }

  /** Rows of one table. */
  static final class Of<RowT extends SpecificRecord> extends DoFn<RowT, KV<String, byte[]>> {
    private static final long serialVersionUID = 1;

    private final String table;
    private final Counter rows;

    Of(String table) {
      this.table = table;
      this.rows = counter(table);
    }

    @ProcessElement
    public void process(@Element RowT row, OutputReceiver<KV<String, byte[]>> out) {
      rows.inc();
      out.output(KV.of(table, encode(row)));
    }
  }

  /** Rows that finished units add to the tables. */
  static final class OfResults extends DoFn<KV<Unit, UnitResult>, KV<String, byte[]>> {
    private static final long serialVersionUID = 1;

    private final Map<String, Counter> counters = new HashMap<>();

    OfResults() {
      for (String table : List.of("models", "measurements", "spectra", "paths")) {
        counters.put(table, counter(table));
      }
    }

    @ProcessElement
    public void process(
        @Element KV<Unit, UnitResult> finished, OutputReceiver<KV<String, byte[]>> out) {
      UnitResult result = finished.getValue();
      emit("models", result.getModels(), out);
      emit("measurements", result.getMeasurements(), out);
      emit("spectra", result.getSpectra(), out);
      emit("paths", result.getPaths(), out);
    }

    private void emit(
        String table, List<? extends SpecificRecord> rows, OutputReceiver<KV<String, byte[]>> out) {
      for (SpecificRecord row : rows) {
        Objects.requireNonNull(counters.get(table)).inc();
        out.output(KV.of(table, encode(row)));
      }
    }
  }
}
