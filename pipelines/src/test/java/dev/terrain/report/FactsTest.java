package dev.terrain.report;

import static dev.terrain.report.ReportFixture.axis;
import static dev.terrain.report.ReportFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.report.ReportPage.Fact;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsTest {

  private final Sweep plan =
      plan(
          "sweep",
          axis("width", "8", "16"),
          axis("batch_size", "16"),
          axis("dataset", "\"digits\"", "\"fashion-mnist\""));

  @Test
  void plannedCellsCountEveryCombinationOfTheAxes() {
    assertThat(Facts.summary(plan, List.of(), List.of(), List.of(), Optional.empty()))
        .contains(
            new Fact("Cells", "0 of 4 planned"), new Fact("Data set", "digits, fashion-mnist"));
  }

  @Test
  void divergedModelsAreCountedApart() {
    List<Model> models =
        List.of(
            model("engine", ModelStatus.TRAINED),
            model("engine", ModelStatus.DIVERGED),
            model("engine", ModelStatus.TRAINED));

    assertThat(Facts.summary(plan, List.of(), models, List.of(), Optional.empty()))
        .contains(new Fact("Models", "3, 1 diverged"));
  }

  @Test
  void provenanceTellsDifferingValuesApartWithTheirCounts() {
    List<Model> models =
        List.of(
            model("PyTorch 2.7", ModelStatus.TRAINED),
            model("PyTorch 2.6", ModelStatus.TRAINED),
            model("PyTorch 2.7", ModelStatus.TRAINED));

    assertThat(Facts.provenance(models))
        .contains(
            new Fact("Engine", "PyTorch 2.6 (models: 1); PyTorch 2.7 (models: 2)"),
            new Fact("Operating system", "Linux amd64"),
            new Fact("Device", "cpu, 1 thread"));
  }

  @Test
  void sharedSettingsLeaveOutTheAxesAndTheSeed() {
    assertThat(Facts.sharedSettings(plan))
        .extracting(Fact::name)
        .contains("learning rate", "architecture", "weight decay")
        .doesNotContain("width", "batch size", "dataset", "seed");
    assertThat(Facts.sharedSettings(plan)).contains(new Fact("weight decay", "5e−4"));
  }

  @Test
  void anImportedGridTellsItsSourceInsteadOfWhatOnlyTrainingKnows() {
    Origin origin = new Origin("grid.csv", List.of(), List.of(), false, false);

    assertThat(Facts.summary(plan, List.of(), List.of(), List.of(), Optional.of(origin)))
        .containsExactly(new Fact("Cells", "0 of 4 places"), new Fact("Imported from", "grid.csv"));
  }

  @Test
  void costsAreSumsAndExtremesOverTheModels() {
    Model quick = model("engine", ModelStatus.TRAINED);
    Model slow = model("engine", ModelStatus.TRAINED);
    cost(quick, "quick", 30_000, 500, 1_210);
    cost(slow, "slow", 150_000, 1_500, 9_610);

    assertThat(Costs.of(List.of(quick, slow)))
        .containsExactly(
            new Fact("Training, all models", "3.0 min"),
            new Fact("Longest training", "2.5 min (model slow)"),
            new Fact("Steps of gradient descent", "2,000"),
            new Fact("Parameters of a model", "1,210 to 9,610"));
    assertThat(Costs.of(List.of())).isEmpty();
  }

  private static void cost(Model model, String id, long milliseconds, long steps, long parameters) {
    set(model, "model_id", id);
    set(model, "duration_ms", milliseconds);
    set(model, "n_steps", steps);
    set(model, "n_parameters", parameters);
  }

  private static Model model(String engine, ModelStatus status) {
    Model model = new Model();
    set(model, "engine", engine);
    set(model, "status", status);
    set(model, "threads", 1);
    set(model, "os", "Linux amd64");
    set(model, "device", "cpu");
    for (String column : List.of("terrain_version", "java_version", "data_sha256")) {
      set(model, column, "same");
    }
    return model;
  }

  private static void set(Model model, String column, Object value) {
    model.put(Model.getClassSchema().getField(column).pos(), value);
  }
}
