package dev.terrain.beam;

import dev.terrain.beam.units.Coders;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Gathers the trained models of each cell and names the units that a cell of two or more gives. */
final class CellUnits extends PTransform<PCollection<ModelRef>, PCollection<Unit>> {
  private static final long serialVersionUID = 1;

  private final SerializableFunction<List<ModelRef>, List<Unit>> units;

  private CellUnits(SerializableFunction<List<ModelRef>, List<Unit>> units) {
    this.units = units;
  }

  static CellUnits of(SerializableFunction<List<ModelRef>, List<Unit>> units) {
    return new CellUnits(units);
  }

  @Override
  public PCollection<Unit> expand(PCollection<ModelRef> models) {
    return models
        .apply(
            "Key by cell", WithKeys.of(ModelRef::getCellId).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Coders.of(ModelRef.class)))
        .apply("Gather cells", GroupByKey.create())
        .apply("Name units", ParDo.of(new NameFn(units)))
        .setCoder(Coders.of(Unit.class));
  }

  private static final class NameFn extends DoFn<KV<String, Iterable<ModelRef>>, Unit> {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<List<ModelRef>, List<Unit>> units;

    NameFn(SerializableFunction<List<ModelRef>, List<Unit>> units) {
      this.units = units;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<ModelRef>> cell, OutputReceiver<Unit> out) {
      List<ModelRef> models = new ArrayList<>();
      cell.getValue().forEach(models::add);
      if (models.size() > 1) {
        units.apply(models).forEach(out::output);
      }
    }
  }
}
