package dev.terrain.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Samples;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.registry.InvalidPluginException;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.Scope;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.standard.UnitCosts;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SettingProblems;
import dev.terrain.sweep.SweepFile;
import dev.terrain.sweep.SweepJsonSchema;
import dev.terrain.sweep.SweepSections;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more stage is a class and a word in a list: all else reads what the class says of itself. */
@Tag("engine")
final class OneMoreStageTest {
  private static final String YAML =
      "{axes: {load: {width: [2]}, temperature: {batch_size: [32]}}, seeds: 3, %s}";

  private static final Stages STAGES = Stages.of(with(Stages.MEASUREMENTS, new OneMore()));
  private static final SweepSections SECTIONS = SweepSections.of(STAGES.measurements());

  @TempDir private Path folder;

  /** Measures a cell on so many images, as soon as it has three models. */
  private static class OneMore implements MeasurementStage<SimilaritySettings> {
    private static final long serialVersionUID = 1;

    private final String name;

    OneMore() {
      this("one_more");
    }

    OneMore(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int codeVersion() {
      return 7;
    }

    @Override
    public Class<SimilaritySettings> settingsType() {
      return SimilaritySettings.class;
    }

    @Override
    public Scope scope() {
      return new Scope.Cell();
    }

    @Override
    public void check(SimilaritySettings settings, SettingProblems problems) {
      if (settings.getExamples() < settings.getMixupBatchSize()) {
        problems.add("examples", "must be at least mixup_batch_size");
      }
    }

    @Override
    public List<MetricInfo> metrics() {
      return List.of();
    }

    @Override
    public double nominalSeconds(Unit unit, SimilaritySettings settings, CellCost cost) {
      return settings.getExamples();
    }

    @Override
    public UnitResult compute(Unit unit, SimilaritySettings settings, StageContext context) {
      return Samples.result(unit, settings.getExamples());
    }
  }

  private static List<MeasurementStage<?>> with(
      List<MeasurementStage<?>> stages, MeasurementStage<?> one) {
    List<MeasurementStage<?>> more = new ArrayList<>(stages);
    more.add(one);
    return more;
  }

  private static Sweep parse(String lines) {
    return SweepFile.parse(YAML.formatted(lines), "test", SECTIONS);
  }

  @Test
  void sweepFiles_haveItsFamilyAndItsSection() {
    Sweep sweep = parse("one_more: {examples: 200}");

    assertThat(sweep.getMetrics()).endsWith("distance", "one_more");
    assertThat(new OneMore().settings(sweep).getExamples()).isEqualTo(200);
    assertThat(SweepJsonSchema.text(SECTIONS)).contains("\"one_more\" : {", "\"one_more\"");
    assertThatThrownBy(() -> parse("one_more: {examples: 5}"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining("one_more.examples: must be at least mixup_batch_size");
    assertThatThrownBy(() -> parse("one_more: {example: 5}"))
        .hasMessageContaining("did you mean 'examples'?");
  }

  @Test
  void planCostsAndKeys_areWhatItSays() throws IOException {
    Sweep sweep = parse("metrics: [one_more], one_more: {examples: 200}");
    List<ModelRef> cell = Samples.cell(2, 3);

    List<Unit> units = CellPlan.of(sweep, STAGES).units(cell, true);

    assertThat(units).hasSize(1);
    assertThat(units.get(0).getScope()).isEqualTo(Subject.CELL);
    assertThat(CellPlan.of(sweep, STAGES).units(cell, false)).isEmpty();
    assertThat(new UnitCosts(null, STAGES).of(units.get(0))).isBetween(200.0, 201.0);
    Sweep other = parse("metrics: [one_more], one_more: {examples: 300}");
    assertThat(CellPlan.of(other, STAGES).units(cell, true).get(0).getKey())
        .isNotEqualTo(units.get(0).getKey());
  }

  @Test
  void aStageThatMustBeAskedFor_isInNoSweepThatDoesNot() {
    MeasurementStage<?> shy =
        new OneMore("shy") {
          private static final long serialVersionUID = 1;

          @Override
          public boolean isAskedForByDefault() {
            return false;
          }
        };
    SweepSections sections = SweepSections.of(List.of(new OneMore(), shy));

    Sweep without = SweepFile.parse(YAML.formatted("shy: {examples: 200}"), "test", sections);
    Sweep with =
        SweepFile.parse(YAML.formatted("metrics: [shy], shy: {examples: 200}"), "test", sections);

    assertThat(without.getMetrics()).containsExactly("losses", "one_more");
    assertThat(without.getSections()).isEmpty();
    assertThat(with.getMetrics()).containsExactly("losses", "shy");
    assertThat(with.getSections()).hasSize(1);
  }

  @Test
  void namesThatAreTaken_areRefusedWithBothClasses() {
    assertThatThrownBy(() -> Stages.of(with(STAGES.measurements(), new OneMore())))
        .isInstanceOf(InvalidPluginException.class)
        .hasMessageContaining("stage 'one_more' is there twice, as " + OneMore.class.getName());
    assertThatThrownBy(() -> Stages.of(List.of(new OneMore("taxonomy"))))
        .isInstanceOf(InvalidPluginException.class)
        .hasMessageContaining(OneMore.class.getName())
        .hasMessageContaining("another name than 'taxonomy'");
  }

  @Test
  void measure_computesAndRemembersItsUnits() {
    Sweep sweep = parse("metrics: [one_more], one_more: {examples: 200}");
    List<ModelRef> cell = Samples.cell(2, 3);
    Unit unit = CellPlan.of(sweep, STAGES).units(cell, true).get(0);
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    FinishedUnits finished =
        pipeline
            .apply(Create.of(cell).withCoder(Coders.of(ModelRef.class)))
            .apply(Measure.of(sweep, new StudyAddress(folder.toString(), null)).withStages(STAGES));

    PAssert.thatSingleton(finished.results()).isEqualTo(KV.of(unit, Samples.result(unit, 200)));
    PAssert.that(finished.failures()).empty();
    pipeline.run();
    assertThat(folder.resolve("ledger/one_more")).isNotEmptyDirectory();
  }
}
