package dev.terrain.report;

import dev.terrain.report.ReportPage.Fact;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** What the page says about a study besides its charts. */
final class Facts {

  private Facts() {}

  /** What stands at the top: for an imported grid without what only training knows. */
  static List<Fact> summary(
      Sweep plan,
      List<Cell> cells,
      List<Model> models,
      List<Failure> failures,
      Optional<Origin> origin) {
    long diverged =
        models.stream().filter(model -> model.getStatus() == ModelStatus.DIVERGED).count();
    int planned = axes(plan).mapToInt(axis -> axis.getValues().size()).reduce(1, (a, b) -> a * b);
    if (origin.isPresent()) {
      return List.of(
          new Fact("Cells", cells.size() + " of " + planned + " places"),
          new Fact("Imported from", origin.get().source()));
    }
    return List.of(
        new Fact("Cells", cells.size() + " of " + planned + " planned"),
        new Fact("Models", models.size() + (diverged == 0 ? "" : ", " + diverged + " diverged")),
        new Fact("Seeds of a cell", seeds(plan.getSeeds())),
        new Fact("Failures", failures.isEmpty() ? "none" : "" + failures.size()),
        new Fact("Data set", setting(plan, "dataset")),
        new Fact("Architecture", setting(plan, "architecture")));
  }

  static List<Fact> thresholds(TaxonomySettings taxonomy) {
    return List.of(
        new Fact(
            "converged",
            "mean training loss < " + Decimal.plain(taxonomy.getConvergedTrainLoss()) + " nats"),
        new Fact(
            "poorly connected",
            "mean mode connectivity < "
                + Decimal.plain(-taxonomy.getConnectedModeConnectivity())
                + " % of training error"),
        new Fact("similar", "mean CKA \u2265 " + Decimal.plain(taxonomy.getSimilarCka())),
        new Fact("confidence", "from " + taxonomy.getResamples() + " resamples"));
  }

  /** Every setting of the models that no axis varies. */
  static List<Fact> sharedSettings(Sweep plan) {
    ModelSpec base = plan.getBase();
    List<String> varied = axes(plan).map(Axis::getSetting).toList();
    return ModelSpec.getClassSchema().getFields().stream()
        .filter(field -> !varied.contains(field.name()) && !field.name().equals("seed"))
        .map(field -> new Fact(field.name().replace('_', ' '), text(base, field)))
        .toList();
  }

  /** What made the models: each distinct value with the number of its models if they differ. */
  static List<Fact> provenance(List<Model> models) {
    return List.of(
        new Fact("Terrain", distinct(models, Model::getTerrainVersion)),
        new Fact("Engine", distinct(models, Model::getEngine)),
        new Fact("Java", distinct(models, Model::getJavaVersion)),
        new Fact("Operating system", distinct(models, Model::getOs)),
        new Fact(
            "Device",
            distinct(models, model -> model.getDevice() + ", " + threads(model.getThreads()))),
        new Fact("Data SHA-256", distinct(models, Model::getDataSha256)));
  }

  private static String distinct(List<Model> models, Function<Model, String> column) {
    Map<String, Long> counts =
        models.stream().collect(Collectors.groupingBy(column, Collectors.counting()));
    if (counts.size() <= 1) {
      return counts.isEmpty() ? "no models" : counts.keySet().iterator().next();
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " (models: " + entry.getValue() + ")")
        .collect(Collectors.joining("; "));
  }

  private static String threads(int n) {
    return n + (n == 1 ? " thread" : " threads");
  }

  private static String seeds(List<Long> seeds) {
    String all = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return seeds.size() > 8 ? "" + seeds.size() : all;
  }

  private static String setting(Sweep plan, String name) {
    return axes(plan)
        .filter(axis -> axis.getSetting().equals(name))
        .findFirst()
        .map(axis -> String.join(", ", axis.getValues()).replace("\"", ""))
        .orElseGet(() -> text(plan.getBase(), ModelSpec.getClassSchema().getField(name)));
  }

  private static String text(ModelSpec base, Schema.Field field) {
    Object value = base.get(field.pos());
    if (value instanceof Double number) {
      return Decimal.plain(number);
    }
    return value instanceof List<?> list && list.isEmpty() ? "none" : value.toString();
  }

  private static Stream<Axis> axes(Sweep plan) {
    return Stream.concat(
        Stream.of(plan.getLoad(), plan.getTemperature()), plan.getOtherAxes().stream());
  }
}
