package dev.terrain.stage.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.LabelledImages;
import dev.terrain.similarity.Mixup;
import dev.terrain.similarity.MixupPlan;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Subject;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimilarityStageTest {
  private static final SimilaritySettings SETTINGS =
      SimilaritySettings.newBuilder().setExamples(64).setMixupBatchSize(32).build();

  @TempDir private static Path folder;
  private static TinyStudy study;
  private static List<ModelRef> cell;

  @BeforeAll
  static void train() {
    study = new TinyStudy(folder);
    cell = study.models(TinyStudy.spec(), 3);
  }

  private static UnitResult compare(List<ModelRef> models) throws IOException {
    return new SimilarityStage()
        .compute(MeasuredUnits.similarity(models, SETTINGS), study.context());
  }

  private static Measurement only(UnitResult result, String variant) {
    List<Measurement> rows =
        result.getMeasurements().stream().filter(row -> row.getVariant().equals(variant)).toList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void modelAndItself_haveCkaOne() throws IOException {
    UnitResult result = compare(List.of(cell.get(0), cell.get(0)));
    assertThat(only(result, "paper").getValue()).isCloseTo(1, within(1e-9));
    assertThat(only(result, "debiased").getValue()).isCloseTo(1, within(1e-9));
  }

  @Test
  void twoModels_haveTheCkaOfTheirKernelMatrices() throws IOException {
    double value = only(compare(cell.subList(0, 2)), "paper").getValue();
    double[][] k = kernel(outputs(cell.get(0)));
    double[][] l = kernel(outputs(cell.get(1)));
    double expected = inner(k, l) / Math.sqrt(inner(k, k) * inner(l, l));
    assertThat(value).isCloseTo(expected, within(1e-5));
    assertThat(expected).as("models that differ").isBetween(0.05, 0.95);
  }

  /** The class probabilities of the mixed images. */
  private static double[][] outputs(ModelRef model) throws IOException {
    CellData data = CellData.of(model.getSpec(), null);
    LabelledImages images = data.training();
    MixupPlan plan = Mixup.plan(data.trainingId(), images.size(), SETTINGS);
    PlainMlp mlp = new PlainMlp(study.tensors(model));
    double[][] outputs = new double[plan.size()][];
    for (int n = 0; n < outputs.length; n++) {
      double[] first = PlainMlp.image(images, plan.first()[n]);
      double[] second = PlainMlp.image(images, plan.second()[n]);
      double[] mixed = new double[first.length];
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] = plan.weight()[n] * first[i] + (1 - plan.weight()[n]) * second[i];
      }
      outputs[n] = mlp.probabilities(mixed);
    }
    return outputs;
  }

  /** The doubly centred linear kernel HXX'H. */
  private static double[][] kernel(double[][] x) {
    int n = x.length;
    double[][] kernel = new double[n][n];
    double[] rowMeans = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < x[i].length; c++) {
          kernel[i][j] += x[i][c] * x[j][c];
        }
        rowMeans[i] += kernel[i][j] / n;
      }
      mean += rowMeans[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kernel[i][j] += mean - rowMeans[i] - rowMeans[j];
      }
    }
    return kernel;
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += a[i][j] * b[i][j];
      }
    }
    return sum;
  }

  @Test
  void everyPairOfACell_hasARowOfEachVariant() throws IOException {
    UnitResult result = compare(cell);
    String a = cell.get(0).getModelId();
    String b = cell.get(1).getModelId();
    String c = cell.get(2).getModelId();
    assertThat(result.getMeasurements())
        .extracting(Measurement::getModelId, Measurement::getOtherModelId, Measurement::getVariant)
        .containsExactly(
            tuple(a, b, "paper"),
            tuple(a, b, "debiased"),
            tuple(a, c, "paper"),
            tuple(a, c, "debiased"),
            tuple(b, c, "paper"),
            tuple(b, c, "debiased"));
    assertThat(result.getMeasurements())
        .allSatisfy(
            row -> {
              assertThat(row.getSubject()).isEqualTo(Subject.PAIR);
              assertThat(row.getMetric()).isEqualTo("cka");
              assertThat(row.getUnit()).isEqualTo("1");
              assertThat(row.getNExamples()).isEqualTo(64);
              assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
              assertThat(row.getDataStdError()).isPositive();
            });
  }

  @Test
  void pair_hasTheSameValueInALargerCell() throws IOException {
    double alone = only(compare(cell.subList(0, 2)), "paper").getValue();
    assertThat(compare(cell).getMeasurements().get(0).getValue()).isEqualTo(alone);
  }

  @Test
  void modelWithConstantOutputs_hasNoCkaForAReason() throws IOException {
    ModelRef model = study.models(TinyStudy.spec().setWidth(2), 1).get(0);
    List<Tensor> zeros =
        study.tensors(model).stream()
            .map(t -> new Tensor(t.name(), t.shape(), new float[t.values().length]))
            .toList();
    study.context().checkpoints().save(model.getSpec(), model.getModelId(), zeros);
    UnitResult result = compare(List.of(model, model));
    assertThat(result.getMeasurements())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.getStatus()).isEqualTo(MeasurementStatus.UNDEFINED);
              assertThat(row.getValue()).isNull();
              assertThat(row.getDataStdError()).isNull();
              assertThat(row.getReason()).contains("constant");
            });
  }

  @Test
  void convolutionalNetworks_areComparedToo() throws IOException {
    List<ModelRef> cnns = study.models(TinyStudy.spec().setArchitecture("cnn").setWidth(2), 2);
    assertThat(only(compare(cnns), "paper").getValue()).isBetween(0.0, 0.999);
    assertThat(only(compare(List.of(cnns.get(0), cnns.get(0))), "paper").getValue())
        .isCloseTo(1, within(1e-9));
  }
}
