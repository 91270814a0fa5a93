package dev.terrain.stage.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.PathKind;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectivityStageTest {
  /** With a tenth of the data an epoch counts ten times; each is one batch of 128 of 143 images. */
  private static final ConnectivitySettings SETTINGS =
      ConnectivitySettings.newBuilder().setEpochs(1).setLinearPoints(5).build();

  private static final int GRADIENTS = 10;

  @TempDir private static Path folder;
  private static TinyStudy study;
  private static List<ModelRef> cell;

  @BeforeAll
  static void train() {
    study = new TinyStudy(folder);
    cell = study.models(TinyStudy.spec().setEpochs(6), 2);
  }

  private static UnitResult connect(ModelRef first, ModelRef second, ConnectivitySettings settings)
      throws IOException {
    return new ConnectivityStage()
        .compute(
            MeasuredUnits.connectivity(List.of(first, second), settings).get(0), study.context());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, GRADIENTS})
  void interruptedFit_goesOnToTheSameRows(int killAfter) throws IOException {
    Unit unit = MeasuredUnits.connectivity(cell, SETTINGS).get(0);
    UnitResult expected = connect(cell.get(0), cell.get(1), SETTINGS);
    ConnectivityStage stage = new ConnectivityStage();
    stage.recorded(unit, study.context());
    assertThatThrownBy(() -> stage.compute(unit, study.context(new GradientCounter(killAfter))))
        .isInstanceOf(Killed.class);

    GradientCounter counter = new GradientCounter(Integer.MAX_VALUE);
    UnitResult resumed = stage.compute(unit, study.context(counter));

    // The last gradient was taken, but not the step that follows it.
    assertThat(counter.gradients).isEqualTo(GRADIENTS - killAfter + 1);
    assertThat(path(resumed, PathKind.BEZIER).getTrainLoss())
        .isEqualTo(path(expected, PathKind.BEZIER).getTrainLoss());
    assertThat(value(resumed, "mode_connectivity", "default"))
        .isEqualTo(value(expected, "mode_connectivity", "default"));
    assertThat(resumed.getMeasurements().get(0).getNEvaluations()).isEqualTo(GRADIENTS);

    Path progress = folder.resolve("progress/connectivity/" + unit.getKey() + ".avro");
    assertThat(progress).exists();
    stage.recorded(unit, study.context());
    assertThat(progress).doesNotExist();
  }

  @Test
  void corruptProgress_startsTheFitAnew() throws IOException {
    Unit unit = MeasuredUnits.connectivity(cell, SETTINGS).get(0);
    study
        .context()
        .store()
        .write("progress/connectivity/" + unit.getKey() + ".avro", new byte[] {1, 2, 3});
    GradientCounter counter = new GradientCounter(Integer.MAX_VALUE);
    new ConnectivityStage().compute(unit, study.context(counter));
    assertThat(counter.gradients).isEqualTo(GRADIENTS);
    new ConnectivityStage().recorded(unit, study.context());
  }

  /** Counts gradients, and stands for a kill at one of them. */
  private static final class GradientCounter implements StageListener {
    private final int killAfter;
    private int gradients;

    GradientCounter(int killAfter) {
      this.killAfter = killAfter;
    }

    @Override
    public void onPathGradient() {
      if (++gradients == killAfter) {
        throw new Killed();
      }
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static LossPath path(UnitResult result, PathKind kind) {
    List<LossPath> paths =
        result.getPaths().stream().filter(path -> path.getKind() == kind).toList();
    assertThat(paths).hasSize(1);
    return paths.get(0);
  }

  private static double value(UnitResult result, String metric, String variant) {
    List<Measurement> rows =
        result.getMeasurements().stream()
            .filter(row -> row.getMetric().equals(metric) && row.getVariant().equals(variant))
            .toList();
    assertThat(rows).hasSize(1);
    return rows.get(0).getValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "paper"})
  void rows_sayWhatWasMeasured(String variant) throws IOException {
    ConnectivitySettings settings =
        ConnectivitySettings.newBuilder(SETTINGS).setVariant(variant).build();
    UnitResult result = connect(cell.get(0), cell.get(1), settings);
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric, Measurement::getVariant, Measurement::getUnit)
        .containsExactly(
            tuple("mode_connectivity", variant, "percent"),
            tuple("linear_barrier", "frankle", "percent"),
            tuple("linear_barrier", "entezari", "nats"));
    assertThat(result.getMeasurements())
        .allSatisfy(
            row -> {
              assertThat(row.getSubject()).isEqualTo(Subject.PAIR);
              assertThat(row.getModelId()).isEqualTo(cell.get(0).getModelId());
              assertThat(row.getOtherModelId()).isEqualTo(cell.get(1).getModelId());
              assertThat(row.getNExamples()).isEqualTo(TinyStudy.TRAINING_IMAGES);
              assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
              assertThat(row.getDataStdError()).isNotNull();
            });
    assertThat(result.getMeasurements().get(0).getNEvaluations()).isEqualTo(GRADIENTS);
    assertThat(result.getPaths())
        .extracting(LossPath::getKind, LossPath::getVariant, LossPath::getNEvaluations)
        .containsExactly(
            tuple(PathKind.BEZIER, variant, (long) GRADIENTS), tuple(PathKind.LINEAR, variant, 0L));
    assertThat(result.getPaths()).allMatch(path -> path.getEndpointDeviation() == 0);
    assertThat(result.getPaths()).allMatch(path -> path.getSegmentLengths().size() == 4);
  }

  @Test
  void line_hasTheLossesOfTheMixedTensors() throws IOException {
    LossPath line = path(connect(cell.get(0), cell.get(1), SETTINGS), PathKind.LINEAR);
    CellData data = CellData.of(cell.get(0).getSpec(), null);
    assertThat(line.getT()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    for (int i = 0; i < 5; i++) {
      PlainMlp mlp = new PlainMlp(mixed(line.getT().get(i)));
      assertThat(line.getTrainLoss().get(i))
          .isCloseTo(mean(mlp.losses(data.training())), within(1e-5));
      assertThat(line.getTestLoss().get(i)).isCloseTo(mean(mlp.losses(data.test())), within(1e-5));
      assertThat(line.getTrainError().get(i))
          .isCloseTo(100 - mlp.accuracy(data.training()), within(1e-9));
      assertThat(line.getTestError().get(i))
          .isCloseTo(100 - mlp.accuracy(data.test()), within(1e-9));
    }
  }

  /** (1 - t) a + t b, tensor by tensor. */
  private static List<Tensor> mixed(double t) throws IOException {
    List<Tensor> a = study.tensors(cell.get(0));
    List<Tensor> b = study.tensors(cell.get(1));
    List<Tensor> mixed = new ArrayList<>();
    for (int k = 0; k < a.size(); k++) {
      float[] values = new float[a.get(k).values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((1 - t) * a.get(k).values()[i] + t * b.get(k).values()[i]);
      }
      mixed.add(new Tensor(a.get(k).name(), a.get(k).shape(), values));
    }
    return mixed;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void curve_joinsTheEndsOfTheLineByAnotherWay() throws IOException {
    UnitResult result = connect(cell.get(0), cell.get(1), SETTINGS);
    LossPath line = path(result, PathKind.LINEAR);
    LossPath curve = path(result, PathKind.BEZIER);
    assertThat(curve.getT()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    for (int end : new int[] {0, 4}) {
      assertThat(curve.getTrainLoss().get(end)).isEqualTo(line.getTrainLoss().get(end));
      assertThat(curve.getTestError().get(end)).isEqualTo(line.getTestError().get(end));
    }
    assertThat(curve.getTrainLoss().get(2)).isLessThan(line.getTrainLoss().get(2));
    assertThat(length(curve)).isGreaterThan(length(line));
  }

  private static double length(LossPath path) {
    return path.getSegmentLengths().stream().mapToDouble(length -> length).sum();
  }

  @Test
  void values_followFromThePaths() throws IOException {
    UnitResult result = connect(cell.get(0), cell.get(1), SETTINGS);
    List<Double> curve = path(result, PathKind.BEZIER).getTrainError();
    List<Double> errors = path(result, PathKind.LINEAR).getTrainError();
    List<Double> losses = path(result, PathKind.LINEAR).getTrainLoss();
    double ends = (errors.get(0) + errors.get(4)) / 2;
    assertThat(value(result, "linear_barrier", "frankle"))
        .isCloseTo(Collections.max(errors) - ends, within(1e-9));
    double entezari = Double.NEGATIVE_INFINITY;
    double largest = 0;
    for (int i = 1; i < 4; i++) {
      double chord = (1 - i / 4.0) * losses.get(0) + i / 4.0 * losses.get(4);
      entezari = Math.max(entezari, losses.get(i) - chord);
    }
    for (double error : curve) {
      largest = Math.abs(ends - error) > Math.abs(largest) ? ends - error : largest;
    }
    assertThat(value(result, "linear_barrier", "entezari")).isCloseTo(entezari, within(1e-9));
    assertThat(largest).as("ends and curve differ").isNotZero();
    assertThat(value(result, "mode_connectivity", "default")).isCloseTo(largest, within(1e-9));
  }

  @Test
  void order_ofTheModelsIsThatOfTheirSeeds() throws IOException {
    UnitResult result = connect(cell.get(1), cell.get(0), SETTINGS);
    assertThat(result.getPaths())
        .extracting(LossPath::getModelId)
        .containsOnly(cell.get(0).getModelId());
  }

  @Test
  void modelAndItself_areConnectedByAPoint() throws IOException {
    UnitResult result = connect(cell.get(0), cell.get(0), SETTINGS);
    assertThat(value(result, "linear_barrier", "frankle")).isZero();
    assertThat(value(result, "linear_barrier", "entezari")).isCloseTo(0, within(1e-12));
    assertThat(length(path(result, PathKind.LINEAR))).isCloseTo(0, within(1e-12));
  }

  @Test
  void convolutionalNetworks_areConnectedWithTheirBatchNormEstimatedAnew() throws IOException {
    List<ModelRef> cnns = study.models(TinyStudy.spec().setArchitecture("cnn").setWidth(2), 2);
    UnitResult result = connect(cnns.get(0), cnns.get(1), SETTINGS);
    assertThat(result.getMeasurements())
        .hasSize(3)
        .allMatch(
            row -> row.getStatus() == MeasurementStatus.OK && Double.isFinite(row.getValue()));
    assertThat(path(result, PathKind.BEZIER).getEndpointDeviation()).isPositive();
  }
}
