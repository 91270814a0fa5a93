package dev.terrain.stage.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitCostsTest {
  private static final ConnectivitySettings FIT = ConnectivitySettings.newBuilder().build();

  private final UnitCosts costs = new UnitCosts(null);

  @Test
  void aTraining_costsItsEpochs() throws IOException {
    double ten = training(ModelSpec.newBuilder().setEpochs(10).build());
    double twenty = training(ModelSpec.newBuilder().setEpochs(20).build());
    double thirty = training(ModelSpec.newBuilder().setEpochs(30).build());

    assertThat(twenty).isGreaterThan(ten);
    assertThat(thirty - twenty).isCloseTo(twenty - ten, within(1e-9));
  }

  @Test
  void smallBatches_andWideNetworks_costMore() throws IOException {
    ModelSpec base = ModelSpec.newBuilder().setBatchSize(128).setWidth(16).build();

    assertThat(training(ModelSpec.newBuilder(base).setBatchSize(16).build()))
        .isGreaterThan(3 * training(base));
    assertThat(training(ModelSpec.newBuilder(base).setWidth(1024).build()))
        .isGreaterThan(3 * training(base));
    assertThat(training(ModelSpec.newBuilder(base).setDataFraction(0.5).build()))
        .isLessThan(0.6 * training(base));
  }

  @Test
  void aFit_hasAboutAsManySteps_howeverSmallTheShareOfTheData() throws IOException {
    // 718 images make 5 batches of 128 in each of 100 epochs, 1,437 make 11 in each of 50.
    double whole = connection(1);
    double half = connection(0.5);

    assertThat(half / whole).isBetween(0.8, 1.0);
  }

  @Test
  void aSpectrum_costsTheProductsThatItMaySpend() throws IOException {
    assertThat(curvature(600, "spectrum") / curvature(300, "spectrum")).isBetween(1.9, 2.0);
  }

  @Test
  void aMeasureAtAPoint_costsLittleBesideASpectrum() throws IOException {
    assertThat(curvature(300, "gradient_norm") / curvature(300, "spectrum")).isBetween(0.0, 0.1);
    assertThat(curvature(300, "average_sharpness")).isGreaterThan(curvature(300, "gradient_norm"));
  }

  @Test
  void theNominalTimeOfAStep_isInTheRangeOfMachines() throws IOException {
    // A machine as slow as a hundredth of the nominal one, or as fast as a hundred, is none.
    assertThat(StepProbe.pace(ModelSpec.newBuilder().setWidth(8).build(), null, 0.1))
        .isBetween(0.01, 100.0);
  }

  private double training(ModelSpec spec) throws IOException {
    return costs.of(Units.train(spec, "ab"));
  }

  private static ModelRef train(ModelSpec spec) {
    return Units.train(spec, "ab").getModels().get(0);
  }

  private double connection(double fraction) throws IOException {
    ModelSpec spec = ModelSpec.newBuilder().setDataFraction(fraction).build();
    return costs.of(
        MeasuredUnits.connectivity(
                List.of(train(spec), train(ModelSpec.newBuilder(spec).setSeed(1).build())), FIT)
            .get(0));
  }

  private double curvature(int products, String part) throws IOException {
    CurvatureSettings settings = CurvatureSettings.newBuilder().setMaxProducts(products).build();
    return costs.of(MeasuredUnits.curvature(train(ModelSpec.newBuilder().build()), settings, part));
  }
}
