package dev.terrain.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.tables.Table;
import dev.terrain.tables.TableFixture;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.PathKind;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableChecksTest {
  private static final String FILE = "part-00000-of-00001.avro";

  @TempDir private Path study;
  private Map<String, String> planned = Map.of();

  private CheckResult make(Check.Builder check) throws IOException {
    return checks().make(List.of(check.build())).get(0);
  }

  private TableChecks checks() {
    PlannedUnits units =
        (diverged, consumer) ->
            planned.forEach(
                (key, name) -> {
                  if (diverged.stream().noneMatch(name::contains)) {
                    consumer.accept(key, name);
                  }
                });
    StoredWeights weights =
        (model, sha256) ->
            sha256.equals("of " + model)
                ? Optional.empty()
                : Optional.of("holds the weights " + sha256);
    return new TableChecks(TableReader.of(study), units, weights);
  }

  private static Check.Builder check(String kind) {
    return Check.newBuilder().setCheck(kind);
  }

  private void write(Table table, List<? extends SpecificRecord> rows) throws IOException {
    TableFixture.write(study, table, FILE, rows);
  }

  private static Measurement row(String metric, Double value, MeasurementStatus status) {
    return Measurement.newBuilder()
        .setSubject(Subject.MODEL)
        .setCellId("c")
        .setModelId("model-of-" + value)
        .setMetric(metric)
        .setVariant("default")
        .setValue(value)
        .setNExamples(1)
        .setNEvaluations(1)
        .setStatus(status)
        .setUnit("1")
        .setSeed(0)
        .setKey("key-" + value)
        .setCodeVersion(1)
        .setDurationMs(1)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  private static Measurement row(String metric, double value) {
    return row(metric, value, MeasurementStatus.OK);
  }

  private static Model model(String id, ModelStatus status) {
    Model row = new Model();
    for (Schema.Field field : Model.getClassSchema().getFields()) {
      row.put(field.pos(), value(field));
    }
    row.put("model_id", id);
    row.put("status", status);
    row.put("key", "train-" + id);
    row.put("checkpoint_sha256", "of " + id);
    return row;
  }

  /** Any value of a field's type. */
  private static Object value(Schema.Field field) {
    Schema.Field setting = ModelSpec.getClassSchema().getField(field.name());
    if (setting != null && setting.hasDefaultValue()) {
      return SpecificData.get().getDefaultValue(setting);
    }
    return switch (field.schema().getType()) {
      case UNION -> null;
      case STRING -> "";
      case INT -> 0;
      case LONG -> field.schema().getLogicalType() == null ? (Object) 0L : Instant.EPOCH;
      case DOUBLE -> 0.0;
      case BOOLEAN -> false;
      case ARRAY -> List.of();
      case ENUM ->
          SpecificData.get().createEnum(field.schema().getEnumSymbols().get(0), field.schema());
      default -> throw new IllegalArgumentException(field.toString());
    };
  }

  @Test
  void aRangeHoldsIfTheShareOfItsMetricsValuesLiesInIt() throws IOException {
    write(
        Table.MEASUREMENTS,
        List.of(
            row("train_loss", 0.0),
            row("train_loss", 1.0),
            row("train_loss", 2.5),
            row("train_loss", 2.500001),
            row("train_loss", null, MeasurementStatus.UNDEFINED),
            row("test_loss", 99)));
    Check.Builder range =
        check("range").setMetric("train_loss").setBetween(List.of(0.0, 2.5)).setShare(0.75);

    CheckResult result = make(range);

    assertThat(result.getExamined()).isEqualTo(4);
    assertThat(result.getInside()).isEqualTo(3);
    assertThat(result.getHeld()).isTrue();
    assertThat(result.getOutside()).containsExactly("train_loss of model model-of-2.5: 2.500001");
    assertThat(make(range.setShare(0.76)).getHeld()).isFalse();
  }

  @Test
  void aShareIsTheDecimalNumberThatIsWritten() throws IOException {
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row("cka", i < 11 ? 0.5 : 2 + i));
    }
    write(Table.MEASUREMENTS, rows);
    Check.Builder range = check("range").setMetric("cka").setBetween(List.of(0.0, 1.0));

    // In binary floating point 0.55 times 20 is above 11.
    assertThat(make(range.setShare(0.55)).getHeld()).isTrue();
    assertThat(make(range.setShare(0.5501)).getHeld()).isFalse();
  }

  @Test
  void aTraceThatOnlyRoundingPartsFromEqualEigenvaluesIsRight() throws IOException {
    Spectrum equal = Spectrum.newBuilder(spectrum("m")).setRitzValues(List.of(0.1, 0.1)).build();
    Measurement.Builder trace =
        Measurement.newBuilder(row("hessian_trace", 10.000001)).setModelId("m").setStdError(0.0);
    write(Table.SPECTRA, List.of(equal));

    write(Table.MEASUREMENTS, List.of(trace.build()));
    assertThat(make(check("trace_and_eigenvalues")).getHeld()).isTrue();
    write(Table.MEASUREMENTS, List.of(trace.setValue(10.001).build()));
    assertThat(make(check("trace_and_eigenvalues")).getHeld()).isFalse();
  }

  @Test
  void aCheckThatFindsNothingDoesNotHold() throws IOException {
    write(Table.MEASUREMENTS, List.of(row("train_loss", 1)));

    CheckResult result = make(check("range").setMetric("loss").setBetween(List.of(0.0, 2.0)));

    assertThat(result.getExamined()).isZero();
    assertThat(result.getHeld()).isFalse();
    assertThat(make(check("endpoint_error").setShare(0)).getHeld()).isFalse();
  }

  @Test
  void convergenceIsTheShareOfRowsWhoseStatusIsOk() throws IOException {
    write(
        Table.MEASUREMENTS,
        List.of(
            row("hessian_trace", 1),
            row("hessian_trace", 2.0, MeasurementStatus.NOT_CONVERGED),
            row("cka", null, MeasurementStatus.UNDEFINED),
            row("cka", 1)));

    assertThat(make(check("converged")).getInside()).isEqualTo(2);
    CheckResult trace = make(check("converged").setMetric("hessian_trace").setShare(0.5));
    assertThat(trace.getExamined()).isEqualTo(2);
    assertThat(trace.getHeld()).isTrue();
    assertThat(trace.getOutside())
        .containsExactly("hessian_trace of model model-of-2.0 is NOT_CONVERGED: 0.0");
    assertThat(make(check("converged").setVariant("paper").setMetric("cka")).getExamined())
        .isZero();
  }

  @Test
  void completenessNamesThePlannedUnitsWithoutRowsButForDivergedModels() throws IOException {
    planned =
        Map.of(
            "train-a", "train of a",
            "train-b", "train of b",
            "key-1.0", "curvature of a",
            "key-9.0", "curvature of c");
    write(Table.MODELS, List.of(model("a", ModelStatus.TRAINED), model("d", ModelStatus.DIVERGED)));
    write(Table.MEASUREMENTS, List.of(row("hessian_trace", 1)));

    CheckResult result = make(check("completeness"));

    assertThat(result.getExamined()).isEqualTo(4);
    assertThat(result.getInside()).isEqualTo(2);
    assertThat(result.getOutside())
        .containsExactlyInAnyOrder("train of b: 0.0", "curvature of c: 0.0");
    planned = Map.of("train-d", "train of diverged", "x", "curvature of d");
    assertThat(make(check("completeness")).getExamined()).isZero();
  }

  @Test
  void divergedIsTheShareOfTheTrainedModels() throws IOException {
    write(
        Table.MODELS,
        List.of(
            model("a", ModelStatus.TRAINED),
            model("b", ModelStatus.DIVERGED),
            model("c", ModelStatus.TRAINED)));

    CheckResult result = make(check("diverged"));

    assertThat(result.getCheck().getBetween()).containsExactly(0.0, 0.0);
    assertThat(result.getExamined()).isEqualTo(3);
    assertThat(result.getInside()).isEqualTo(2);
    assertThat(result.getHeld()).isFalse();
    assertThat(result.getOutside()).containsExactly("model b diverged");
    assertThat(make(check("diverged").setShare(0.66)).getHeld()).isTrue();
  }

  @Test
  void weightsAreThoseThatWereRecordedOfEachTrainedModel() throws IOException {
    Model damaged = model("b", ModelStatus.TRAINED);
    damaged.put("checkpoint_sha256", "of somebody");
    Model diverged = model("c", ModelStatus.DIVERGED);
    diverged.put("checkpoint_sha256", null);
    write(Table.MODELS, List.of(model("a", ModelStatus.TRAINED), damaged, diverged));

    CheckResult result = make(check("weights"));

    assertThat(result.getExamined()).isEqualTo(2);
    assertThat(result.getInside()).isEqualTo(1);
    assertThat(result.getHeld()).isFalse();
    assertThat(result.getOutside()).containsExactly("model b: holds the weights of somebody");
  }

  @Test
  void checksThatNobodyAskedForAreMadeUnlessTheyFindNothingOrOneOfTheKindIsAskedFor()
      throws IOException {
    TableFixture.seal(study);
    planned = Map.of("train-b", "a training");
    Check own = check("diverged").setShare(0).build();

    assertThat(made(own)).containsExactly("diverged error false", "completeness warn false");
    write(Table.MODELS, List.of(model("b", ModelStatus.DIVERGED)));
    assertThat(made(own)).containsExactly("diverged error true", "completeness warn true");
    assertThat(made()).containsExactly("completeness warn true", "diverged warn false");
    write(Table.MODELS, List.of(model("b", ModelStatus.TRAINED)));
    assertThat(made())
        .containsExactly("completeness warn true", "diverged warn true", "weights error true");
  }

  private List<String> made(Check... own) throws IOException {
    return checks().make(List.of(own), DefaultChecks.ofStudy(List.of(own))).stream()
        .map(
            result ->
                result.getCheck().getCheck()
                    + " "
                    + result.getCheck().getSeverity()
                    + " "
                    + result.getHeld())
        .toList();
  }

  @Test
  void aRangeThatIsNotWritten_isWhereTheMetricsValuesLie() throws IOException {
    write(Table.MEASUREMENTS, List.of(row("cka", 0.5), row("cka", 1.5), row("cka", -0.5)));

    CheckResult any = make(check("range").setMetric("cka"));
    CheckResult paper = make(check("range").setMetric("cka").setVariant("paper"));
    CheckResult norm = make(check("range").setMetric("gradient_norm"));

    assertThat(any.getCheck().getBetween()).containsExactly(-1.0, 1.0);
    assertThat(any.getInside()).isEqualTo(2);
    assertThat(paper.getCheck().getBetween()).containsExactly(0.0, 1.0);
    assertThat(norm.getCheck().getBetween()).containsExactly(0.0, Double.POSITIVE_INFINITY);
  }

  @Test
  void endsOfPathsMustShowTheErrorOfTheirModels() throws IOException {
    write(Table.PATHS, List.of(path(0), path(0.9), path(1.5)));

    CheckResult result = make(check("endpoint_error"));

    assertThat(result.getCheck().getBetween()).containsExactly(0.0, 1.0);
    assertThat(result.getInside()).isEqualTo(2);
    assertThat(result.getOutside()).containsExactly("BEZIER path of models a and b: 1.5");
    assertThat(make(check("endpoint_error").setBetween(List.of(0.0, 2.0))).getHeld()).isTrue();
  }

  private static LossPath path(double deviation) {
    return LossPath.newBuilder()
        .setCellId("c")
        .setModelId("a")
        .setOtherModelId("b")
        .setKind(PathKind.BEZIER)
        .setVariant("default")
        .setT(List.of())
        .setTrainLoss(List.of())
        .setTrainError(List.of())
        .setTestLoss(List.of())
        .setTestError(List.of())
        .setSegmentLengths(List.of())
        .setEndpointDeviation(deviation)
        .setNEvaluations(0)
        .setSeed(0)
        .setKey("k" + deviation)
        .setCodeVersion(1)
        .setDurationMs(1)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  /**
   * d = 100, nodes 1 and 3 with equal weights: trace 200, variance 2 * 100/102 * 100 = 14.003^2.
   */
  @Test
  void theTraceIsHeldAgainstTheEigenvaluesInStandardErrors() throws IOException {
    Measurement trace =
        Measurement.newBuilder(row("hessian_trace", 228)).setModelId("m").setStdError(0.0).build();
    write(Table.SPECTRA, List.of(spectrum("m")));
    write(Table.MEASUREMENTS, List.of(trace));
    double score = 28 / Math.sqrt(2 * 100.0 / 102 * 100);

    assertThat(make(check("trace_and_eigenvalues")).getHeld()).isTrue();
    assertThat(within(score - 1e-9).getHeld()).isFalse();
    assertThat(within(score + 1e-9).getHeld()).isTrue();
    write(Table.MEASUREMENTS, List.of(Measurement.newBuilder(trace).setStdError(21.0).build()));
    score = 28 / Math.sqrt(21 * 21 + 2 * 100.0 / 102 * 100);
    assertThat(within(score - 1e-9).getHeld()).isFalse();
    assertThat(within(score + 1e-9).getHeld()).isTrue();
  }

  /** Two probes of two nodes each: the mean of their traces, half the variance. */
  @Test
  void quadraturesOfSeveralProbesAreAveraged() throws IOException {
    Spectrum spectrum =
        Spectrum.newBuilder(spectrum("m"))
            .setQuadratureNodes(List.of(1.0, 3.0, 2.0, 4.0))
            .setQuadratureWeights(List.of(0.5, 0.5, 0.75, 0.25))
            .setQuadratureSizes(List.of(2, 2))
            .build();
    write(Table.SPECTRA, List.of(spectrum));
    write(
        Table.MEASUREMENTS,
        List.of(
            Measurement.newBuilder(row("hessian_trace", 240))
                .setModelId("m")
                .setStdError(0.0)
                .build()));
    double trace = 100 * (2 + 2.5) / 2;
    double spread = 100 * ((5 + 7) / 2.0 - 2.25 * 2.25);
    double score = (240 - trace) / Math.sqrt(2 * 100.0 / 102 * spread / 2);

    assertThat(within(score - 1e-9).getHeld()).isFalse();
    assertThat(within(score + 1e-9).getHeld()).isTrue();
  }

  @Test
  void aTraceIsHeldAgainstTheSpectrumOfTheSameParameters() throws IOException {
    Spectrum ofLayer =
        Spectrum.newBuilder(spectrum("m")).setNParameters(10).setParameters("fc1").build();
    Measurement.Builder trace =
        Measurement.newBuilder(row("hessian_trace", 20)).setModelId("m").setStdError(1.0);
    write(Table.SPECTRA, List.of(spectrum("m"), ofLayer));
    write(Table.MEASUREMENTS, List.of(trace.setParameters("fc1").build()));
    // 10 parameters with the mean eigenvalue 2; of all 100 it would be 200.
    assertThat(within(0.1).getHeld()).isTrue();

    write(Table.MEASUREMENTS, List.of(trace.setParameters(null).build()));
    assertThat(within(0.1).getHeld()).isFalse();
    write(Table.MEASUREMENTS, List.of(trace.setParameters("fc2").build()));
    assertThat(within(0.1).getExamined()).isZero();
  }

  private CheckResult within(double score) throws IOException {
    return make(check("trace_and_eigenvalues").setBetween(List.of(-score, score)));
  }

  private static Spectrum spectrum(String model) {
    return Spectrum.newBuilder()
        .setCellId("c")
        .setModelId(model)
        .setOperator("hessian")
        .setNParameters(100)
        .setRitzValues(List.of(1.0, 3.0))
        .setWeights(List.of(0.5, 0.5))
        .setResiduals(List.of(0.0, 0.0))
        .setNExamples(10)
        .setNEvaluations(2)
        .setSeed(0)
        .setKey("k")
        .setCodeVersion(1)
        .setDurationMs(1)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  @Test
  void whatIsNamedIsBounded() throws IOException {
    write(
        Table.MEASUREMENTS,
        IntStream.range(0, 1000).mapToObj(i -> row("cka", 2.0 + i)).collect(Collectors.toList()));

    CheckResult result = make(check("range").setMetric("cka").setBetween(List.of(0.0, 1.0)));

    assertThat(result.getExamined()).isEqualTo(1000);
    assertThat(result.getOutside()).hasSize(5);
  }
}
