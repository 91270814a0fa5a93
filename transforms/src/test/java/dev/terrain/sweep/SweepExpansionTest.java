package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepExpansionTest {
  private static final String GRID =
      """
      base: {epochs: 9}
      axes:
        temperature: {learning_rate: [0.1, 0.2]}
        load: {width: [3, 1]}
        other:
          architecture: [mlp, cnn]
          label_noise: [0, 0.5]
      seeds: [4, 2]
      """;

  @Test
  void models_areInTheOrderOfNestedLoops() {
    assertThat(Sweeps.models(GRID).stream().limit(9).map(SweepExpansionTest::text).toList())
        .containsExactly(
            "mlp 0 3 0.1 4",
            "mlp 0 3 0.1 2",
            "mlp 0 3 0.2 4",
            "mlp 0 3 0.2 2",
            "mlp 0 1 0.1 4",
            "mlp 0 1 0.1 2",
            "mlp 0 1 0.2 4",
            "mlp 0 1 0.2 2",
            "mlp 0.5 3 0.1 4");
    assertThat(text(Sweeps.models(GRID).get(31))).isEqualTo("cnn 0.5 1 0.2 2");
  }

  @Test
  void models_haveTheSettingsOfTheBaseOffTheAxes() {
    assertThat(Sweeps.models(GRID)).allMatch(model -> model.getEpochs() == 9);
  }

  @Test
  void counts_areTheProductOfTheAxes() {
    SweepExpansion expansion = SweepExpansion.of(Sweeps.parse(GRID));
    assertThat(expansion.cellCount()).isEqualTo(16);
    assertThat(expansion.modelCount()).isEqualTo(32);
    assertThat(expansion.cells().distinct()).hasSize(16);
    assertThat(expansion.models().distinct()).hasSize(32);
    assertThat(expansion.models().map(Fingerprints::modelId).distinct()).hasSize(32);
    assertThat(expansion.models().map(Fingerprints::cellId).distinct()).hasSize(16);
  }

  @Test
  void only_keepsTheCellsThatItHoldsFor() {
    SweepExpansion expansion =
        SweepExpansion.of(
            Sweeps.parse(
                GRID + "only: architecture == 'cnn' && (width == 1 || learning_rate > 0.15)\n"));

    assertThat(expansion.cellCount()).isEqualTo(6);
    assertThat(expansion.models().map(SweepExpansionTest::text).limit(4))
        .containsExactly("cnn 0 3 0.2 4", "cnn 0 3 0.2 2", "cnn 0 1 0.1 4", "cnn 0 1 0.1 2");
    assertThat(expansion.modelCount()).isEqualTo(12);
  }

  @Test
  void cells_areTheirModelsWithSeedZero() {
    SweepExpansion expansion = SweepExpansion.of(Sweeps.parse(GRID));
    assertThat(expansion.cells()).allMatch(cell -> cell.getSeed() == 0);
    List<ModelSpec> ofCells = expansion.cells().flatMap(expansion::models).toList();
    assertThat(ofCells).isEqualTo(expansion.models().toList());
  }

  @Test
  void models_ofAGridOfAMillion_areBuiltOneByOne() {
    List<String> thousand = IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).toList();
    Sweep sweep =
        Sweeps.parse(
            "{axes: {load: {width: %s}, temperature: {batch_size: %s}}, seeds: 1}"
                .formatted(thousand, thousand));
    SweepExpansion expansion = SweepExpansion.of(sweep);
    assertThat(expansion.modelCount()).isEqualTo(1_000_000);
    ModelSpec model = expansion.models().skip(1001).findFirst().orElseThrow();
    assertThat(model.getWidth()).isEqualTo(2);
    assertThat(model.getBatchSize()).isEqualTo(2);
  }

  @Test
  void axisValues_areNumbersAndTexts() {
    ModelSpec model =
        ModelSpec.newBuilder().setLabelNoise(1e-7).setHiddenWidths(List.of(64, 32)).build();
    assertThat(AxisValues.number(model, "width")).isEqualTo(64.0);
    assertThat(AxisValues.number(model, "label_noise_seed")).isEqualTo(12345.0);
    assertThat(AxisValues.text(model, "label_noise")).isEqualTo("1E-7");
    assertThat(AxisValues.text(model, "weight_decay")).isEqualTo("0.0005");
    assertThat(AxisValues.text(model, "data_fraction")).isEqualTo("1");
    assertThat(AxisValues.text(model, "dataset")).isEqualTo("digits");
    assertThat(AxisValues.text(model, "hidden_widths")).isEqualTo("[64, 32]");
    assertThatThrownBy(() -> AxisValues.number(model, "dataset"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting 'dataset' is not a number");
    assertThatThrownBy(() -> AxisValues.text(model, "colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no setting 'colour'");
  }

  @Test
  void slice_namesTheFurtherAxes() {
    Sweep sweep = Sweeps.parse(GRID);
    ModelSpec last = SweepExpansion.of(sweep).cells().skip(15).findFirst().orElseThrow();
    assertThat(AxisValues.slice(sweep, last)).contains("architecture=cnn, label_noise=0.5");
    assertThat(AxisValues.slice(Sweeps.parse(Sweeps.SMALL), last)).isEmpty();
  }

  private static String text(ModelSpec model) {
    return String.join(
        " ",
        List.of("architecture", "label_noise", "width", "learning_rate", "seed").stream()
            .map(setting -> AxisValues.text(model, setting))
            .toList());
  }
}
