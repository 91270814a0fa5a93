package dev.terrain.stage.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.stage.Stage;
import dev.terrain.stage.comparison.ConnectivityStage;
import dev.terrain.stage.comparison.DistanceStage;
import dev.terrain.stage.comparison.SimilarityStage;
import dev.terrain.stage.curvature.CurvatureFixture;
import dev.terrain.stage.curvature.CurvatureMetrics;
import dev.terrain.stage.curvature.PointMeasure;
import dev.terrain.stage.curvature.PointMeasures;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue against the rows of every stage, with every variant of its settings. */
final class MetricCatalogueTest {
  /** What a test can ask of curvature at once, as cheaply as it can be had. */
  private static final CurvatureSettings CURVATURE =
      CurvatureSettings.newBuilder(CurvatureFixture.SETTINGS)
          .setEigenvalues(1)
          .setRelativeError(0.5)
          .setDiagonalProducts(12)
          .setMeasures(List.of())
          .build();

  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static final List<UnitResult> RESULTS = new ArrayList<>();

  @BeforeAll
  static void measureWithEveryStage() throws IOException {
    fixture = new CurvatureFixture(folder);
    List<ModelRef> models = fixture.regressions(2);
    RESULTS.add(fixture.study().train(models.get(0).getSpec()));
    measureCurvature(models.get(0));
    for (String variant : List.of("default", "paper")) {
      ConnectivitySettings settings =
          ConnectivitySettings.newBuilder()
              .setVariant(variant)
              .setEpochs(1)
              .setLinearPoints(5)
              .build();
      compute(new ConnectivityStage(), MeasuredUnits.connectivity(models, settings).get(0));
    }
    compute(
        new SimilarityStage(),
        MeasuredUnits.similarity(
            models, SimilaritySettings.newBuilder().setExamples(64).setMixupBatchSize(32).build()));
    compute(new DistanceStage(), MeasuredUnits.distance(models));
  }

  private static void measureCurvature(ModelRef model) throws IOException {
    List<String> measures = PointMeasures.STANDARD.stream().map(PointMeasure::name).toList();
    for (String loss : List.of("cross_entropy", "squared_error")) {
      for (String operator : CurvatureMetrics.OPERATORS.keySet()) {
        measureCurvature(
            model,
            CurvatureSettings.newBuilder(CURVATURE)
                .setLoss(loss)
                .setOperator(operator)
                .setMeasures(operator.equals("hessian") ? measures : List.of()));
      }
    }
    measureCurvature(model, CurvatureSettings.newBuilder().setVariant("paper"));
  }

  private static void measureCurvature(ModelRef model, CurvatureSettings.Builder settings)
      throws IOException {
    RESULTS.add(fixture.measure(model, settings.build()));
  }

  private static void compute(Stage stage, Unit unit) throws IOException {
    RESULTS.add(stage.compute(unit, fixture.study().context()));
  }

  @Test
  void everyRowOfAStage_isInTheCatalogueWithItsUnitAndInItsRange() {
    for (UnitResult result : RESULTS) {
      Map<String, MetricInfo> metrics =
          MetricCatalogue.standard().ofStage(result.getStage()).stream()
              .collect(Collectors.toMap(MetricInfo::name, metric -> metric));
      for (Measurement row : result.getMeasurements()) {
        String name = name(row.getMetric(), row.getVariant());
        assertThat(metrics).as(result.getStage()).containsKey(row.getMetric());
        Variant variant =
            metrics.get(row.getMetric()).variant(row.getVariant()).orElseThrow(AssertionError::new);
        assertThat(row.getUnit()).as(name).isEqualTo(variant.unit());
        assertThat(row.getSubject()).as(name).isEqualTo(subject(metrics.get(row.getMetric())));
        if (row.getValue() != null) {
          assertThat(row.getValue())
              .as(name + " of range " + variant.range())
              .isFinite()
              .isBetween(
                  variant.range().min() - allowance(row), variant.range().max() + allowance(row));
        }
      }
    }
  }

  /** An estimate may leave the range by its error. */
  private static double allowance(Measurement row) {
    return 4 * orZero(row.getStdError()) + orZero(row.getResidual()) + 1e-9;
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  private static Subject subject(MetricInfo metric) {
    return metric.summary() == Summary.MEAN_OVER_MODELS ? Subject.MODEL : Subject.PAIR;
  }

  @Test
  void everyVariantInTheCatalogue_isWrittenByAStage() {
    TreeSet<String> declared = new TreeSet<>();
    for (MetricInfo metric : MetricCatalogue.standard().metrics()) {
      metric.variants().forEach(variant -> declared.add(name(metric.name(), variant.name())));
    }
    TreeSet<String> written = new TreeSet<>();
    for (UnitResult result : RESULTS) {
      result.getMeasurements().forEach(row -> written.add(name(row.getMetric(), row.getVariant())));
    }

    assertThat(written).isEqualTo(declared);
  }

  private static String name(String metric, String variant) {
    return metric + " (" + variant + ")";
  }

  @Test
  void stages_areThoseThatMeasure() {
    assertThat(RESULTS)
        .extracting(UnitResult::getStage)
        .containsAll(MetricCatalogue.standard().stages());
  }
}
