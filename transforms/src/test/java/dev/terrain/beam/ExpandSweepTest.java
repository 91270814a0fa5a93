package dev.terrain.beam;

import dev.terrain.beam.units.Coders;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class ExpandSweepTest {
  private static Sweep sweep(String widths) {
    return SweepFile.parse(
        """
        base:
          epochs: 3
        axes:
          load:
            width: %s
          temperature:
            batch_size: [32, 16]
          other:
            label_noise: [0, 0.1]
        seeds: 2
        """
            .formatted(widths),
        "test");
  }

  private static List<ModelSpec> models(int... widths) {
    List<ModelSpec> models = new ArrayList<>();
    for (int width : widths) {
      for (int batchSize : new int[] {16, 32}) {
        for (double labelNoise : new double[] {0, 0.1}) {
          for (long seed : new long[] {0, 1}) {
            models.add(
                ModelSpec.newBuilder()
                    .setEpochs(3)
                    .setWidth(width)
                    .setBatchSize(batchSize)
                    .setLabelNoise(labelNoise)
                    .setSeed(seed)
                    .build());
          }
        }
      }
    }
    return models;
  }

  @Test
  void sweeps_giveExactlyTheirModels() {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PAssert.that(
            pipeline
                .apply(Create.of(sweep("[2, 4]"), sweep("[8]")).withCoder(Coders.of(Sweep.class)))
                .apply(ExpandSweep.create()))
        .containsInAnyOrder(models(2, 4, 8));
    pipeline.run();
  }
}
