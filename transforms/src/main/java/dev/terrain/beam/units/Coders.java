package dev.terrain.beam.units;

import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.values.KV;

/** The coders of what flows between stages. */
public final class Coders {
  private Coders() {}

  /** The coder of an Avro record. */
  public static <T extends SpecificRecord> Coder<T> of(Class<T> type) {
    return AvroCoder.specific(type);
  }

  public static Coder<KV<Unit, UnitResult>> finished() {
    return KvCoder.of(of(Unit.class), of(UnitResult.class));
  }
}
