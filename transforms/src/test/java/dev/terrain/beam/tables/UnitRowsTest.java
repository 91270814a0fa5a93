package dev.terrain.beam.tables;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Samples;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class UnitRowsTest {
  @Test
  void rowsOfATable_areTakenFromAllResults() {
    List<KV<Unit, UnitResult>> finished = new ArrayList<>();
    List<Measurement> expected = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      Unit unit = Samples.training(seed);
      UnitResult result = Samples.result(unit, seed);
      finished.add(KV.of(unit, result));
      expected.addAll(result.getMeasurements());
    }
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollection<KV<Unit, UnitResult>> results =
        pipeline.apply(Create.of(finished).withCoder(Coders.finished()));
    PAssert.that(
            results.apply(
                "Measurements", UnitRows.of(Measurement.class, UnitResult::getMeasurements)))
        .containsInAnyOrder(expected);
    PAssert.that(results.apply("Spectra", UnitRows.of(Spectrum.class, UnitResult::getSpectra)))
        .empty();
    pipeline.run();
  }
}
