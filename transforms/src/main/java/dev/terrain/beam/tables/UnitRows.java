package dev.terrain.beam.tables;

import dev.terrain.beam.units.Coders;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** The rows of one table that finished units add to it. */
public final class UnitRows<RowT extends SpecificRecord>
    extends PTransform<PCollection<KV<Unit, UnitResult>>, PCollection<RowT>> {
  private static final long serialVersionUID = 1;

  private final Class<RowT> type;
  private final SerializableFunction<UnitResult, List<RowT>> rows;

  private UnitRows(Class<RowT> type, SerializableFunction<UnitResult, List<RowT>> rows) {
    this.type = type;
    this.rows = rows;
  }

  /**
   * Takes the rows of one type.
   *
   * @param type class of the rows
   * @param rows takes them from a result, such as {@code UnitResult::getModels}
   */
  public static <RowT extends SpecificRecord> UnitRows<RowT> of(
      Class<RowT> type, SerializableFunction<UnitResult, List<RowT>> rows) {
    return new UnitRows<>(type, rows);
  }

  @Override
  public PCollection<RowT> expand(PCollection<KV<Unit, UnitResult>> results) {
    return results.apply("Take rows", ParDo.of(new TakeFn<>(rows))).setCoder(Coders.of(type));
  }

  private static final class TakeFn<RowT> extends DoFn<KV<Unit, UnitResult>, RowT> {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<UnitResult, List<RowT>> rows;

    TakeFn(SerializableFunction<UnitResult, List<RowT>> rows) {
      this.rows = rows;
    }

    @ProcessElement
    public void process(@Element KV<Unit, UnitResult> finished, OutputReceiver<RowT> out) {
      rows.apply(finished.getValue()).forEach(out::output);
    }
  }
}
