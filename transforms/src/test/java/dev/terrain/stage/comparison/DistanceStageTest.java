package dev.terrain.stage.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.TinyStudy;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistanceStageTest {
  @TempDir private Path folder;

  private static List<Measurement> measure(TinyStudy study, List<ModelRef> cell)
      throws IOException {
    return new DistanceStage()
        .compute(MeasuredUnits.distance(cell), study.context())
        .getMeasurements();
  }

  /** Batch norm's running statistics are no parameters. */
  private static boolean trainable(Tensor tensor) {
    return !tensor.name().contains("running_");
  }

  private static double norm(List<Tensor> a, List<Tensor> b) {
    double sum = 0;
    for (int t = 0; t < a.size(); t++) {
      assertThat(a.get(t).name()).isEqualTo(b.get(t).name());
      for (int i = 0; i < a.get(t).values().length; i++) {
        double difference = (double) a.get(t).values()[i] - b.get(t).values()[i];
        sum += trainable(a.get(t)) ? difference * difference : 0;
      }
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void distance_isTheNormOfTheDifferenceOfTheFiles(String architecture) throws IOException {
    TinyStudy study = new TinyStudy(folder);
    List<ModelRef> cell =
        study.models(TinyStudy.spec().setArchitecture(architecture).setWidth(2), 3);
    List<Measurement> rows = measure(study, cell);
    int row = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 3; j++) {
        double expected = norm(study.tensors(cell.get(i)), study.tensors(cell.get(j)));
        assertThat(rows.get(row++).getValue()).isCloseTo(expected, within(1e-12 * expected));
      }
    }
    assertThat(rows)
        .extracting(Measurement::getModelId, Measurement::getOtherModelId)
        .containsExactly(
            tuple(cell.get(0).getModelId(), cell.get(1).getModelId()),
            tuple(cell.get(0).getModelId(), cell.get(2).getModelId()),
            tuple(cell.get(1).getModelId(), cell.get(2).getModelId()));
  }

  @Test
  void modelAndItself_haveDistanceZero() throws IOException {
    TinyStudy study = new TinyStudy(folder);
    ModelRef model = study.models(TinyStudy.spec(), 1).get(0);
    Measurement row = measure(study, List.of(model, model)).get(0);
    assertThat(row.getValue()).isZero();
    assertThat(row.getMetric()).isEqualTo("l2_distance");
    assertThat(row.getSubject()).isEqualTo(Subject.PAIR);
    assertThat(row.getUnit()).isEqualTo("1");
    assertThat(row.getNExamples()).isZero();
    assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
  }
}
