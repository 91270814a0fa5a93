package dev.terrain.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Subject;
import dev.terrain.v1.UnitResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Names of values: rows that their schema tells apart have names of their own. */
final class ResultValuesTest {
  private static <R extends SpecificRecord> R empty(R row) {
    for (Schema.Field column : row.getSchema().getFields()) {
      row.put(
          column.pos(),
          switch (column.schema().getType()) {
            case STRING -> "";
            case INT -> 0;
            case LONG -> column.schema().getLogicalType() == null ? (Object) 0L : Instant.EPOCH;
            case DOUBLE -> 0.0;
            case ARRAY -> List.of();
            default -> null;
          });
    }
    return row;
  }

  private static Spectrum spectrum(String parameters, String loss, double trace) {
    return Spectrum.newBuilder(empty(new Spectrum()))
        .setModelId("model1")
        .setOperator("hessian")
        .setParameters(parameters)
        .setLoss(loss)
        .setRitzValues(List.of(trace))
        .build();
  }

  private static Measurement measurement(String model, String other, double value) {
    return Measurement.newBuilder(empty(new Measurement()))
        .setSubject(other == null ? Subject.MODEL : Subject.PAIR)
        .setStatus(MeasurementStatus.OK)
        .setModelId(model)
        .setOtherModelId(other)
        .setMetric("cka")
        .setVariant("paper")
        .setValue(value)
        .build();
  }

  private static UnitResult result(List<Measurement> measurements, List<Spectrum> spectra) {
    return UnitResult.newBuilder(empty(new UnitResult()))
        .setMeasurements(measurements)
        .setSpectra(spectra)
        .build();
  }

  @Test
  void spectraOfTwoLosses_areTwo() {
    Map<String, Object> values =
        ResultValues.of(
            result(
                List.of(),
                List.of(
                    spectrum(null, "cross_entropy", 1),
                    spectrum(null, "squared_error", 2),
                    spectrum("fc1", "cross_entropy", 3))));

    assertThat(values)
        .containsEntry("spectrum hessian cross_entropy.ritz_values", List.of(1.0))
        .containsEntry("spectrum hessian squared_error.ritz_values", List.of(2.0))
        .containsEntry("spectrum hessian fc1 cross_entropy.ritz_values", List.of(3.0));
  }

  @Test
  void pairsAreNamedByBothModels_andModelsWhereThereAreSeveral() {
    assertThat(
            ResultValues.of(
                result(
                    List.of(
                        measurement("aaaaaaaa", "bbbbbbbb", 1),
                        measurement("aaaaaaaa", "cccccccc", 2)),
                    List.of())))
        .containsEntry("cka paper aaaaaa-bbbbbb.value", List.of(1.0))
        .containsEntry("cka paper aaaaaa-cccccc.value", List.of(2.0));
    assertThat(
            ResultValues.of(
                result(
                    List.of(measurement("aaaaaaaa", null, 1), measurement("bbbbbbbb", null, 2)),
                    List.of())))
        .containsEntry("cka paper aaaaaa.value", List.of(1.0))
        .containsEntry("cka paper bbbbbb.value", List.of(2.0));
    assertThat(ResultValues.of(result(List.of(measurement("aaaaaaaa", null, 1)), List.of())))
        .containsEntry("cka paper.value", List.of(1.0));
  }
}
