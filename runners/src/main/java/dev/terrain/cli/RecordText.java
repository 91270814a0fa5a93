package dev.terrain.cli;

import dev.terrain.v1.LossPath;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.UnitResult;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A record of the ledger as people read it. */
final class RecordText {
  private static final Set<String> SAID_OF_THE_RECORD =
      Set.of(
          "terrain_version",
          "engine",
          "engine_build",
          "arithmetic",
          "processor",
          "instruction_set",
          "java_version",
          "os",
          "device",
          "threads",
          "key",
          "code_version",
          "duration_ms",
          "computed_at");

  private final UnitResult record;

  RecordText(UnitResult record) {
    this.record = record;
  }

  void print(PrintWriter out) {
    line(out, "key", record.getKey());
    line(
        out,
        "computed",
        "%s in %.3f s%s, version %d of the stage"
            .formatted(
                record.getComputedAt(),
                record.getDurationMs() / 1000.0,
                record.getStackSize() == null || record.getStackSize() == 1
                    ? ""
                    : " as one of %d together".formatted(record.getStackSize()),
                record.getCodeVersion()));
    line(out, "computed by", provenance());
    if (!record.getPlugins().isEmpty()) {
      line(out, "plugins", String.join(", ", record.getPlugins()));
    }
    record.getModels().forEach(row -> print(row, out));
    record.getMeasurements().forEach(row -> line(out, name(row), value(row)));
    record.getSpectra().forEach(row -> line(out, "spectrum", value(row)));
    record.getPaths().forEach(row -> line(out, "path", value(row)));
  }

  private String provenance() {
    if (record.getTerrainVersion() == null) {
      return "an earlier version of Terrain, which did not say";
    }
    String by =
        "terrain %s, %s, %s; %s on %s, device %s, %d thread%s"
            .formatted(
                record.getTerrainVersion(),
                record.getEngine(),
                record.getJavaVersion(),
                record.getHost(),
                record.getOs(),
                record.getDevice(),
                record.getThreads(),
                record.getThreads() == 1 ? "" : "s");
    return record.getProcessor() == null
        ? by
        : "%s; %s, %s; %s, %s"
            .formatted(
                by,
                record.getEngineBuild(),
                record.getArithmetic(),
                record.getProcessor(),
                record.getInstructionSet());
  }

  private static void print(Model row, PrintWriter out) {
    for (Schema.Field field : row.getSchema().getFields()) {
      if (!SAID_OF_THE_RECORD.contains(field.name())) {
        line(out, field.name(), text(row.get(field.pos())));
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> values && values.size() > 6) {
      List<?> list = List.copyOf(values);
      return "%d values, %s ... %s".formatted(list.size(), list.get(0), list.get(list.size() - 1));
    }
    return Objects.toString(value, "-");
  }

  private static String name(Measurement row) {
    String ofParameters = row.getParameters() == null ? "" : " of " + row.getParameters();
    return row.getVariant().equals("default")
        ? row.getMetric() + ofParameters
        : row.getMetric() + ofParameters + " (" + row.getVariant() + ")";
  }

  private static String value(Measurement row) {
    return Stream.of(
            row.getValue() == null
                ? "no value"
                : "%.6g %s".formatted(row.getValue(), row.getUnit()),
            row.getStdError() == null ? null : "+- %.2g (probes)".formatted(row.getStdError()),
            row.getDataStdError() == null
                ? null
                : "+- %.2g (data)".formatted(row.getDataStdError()),
            row.getDataBias() == null
                ? null
                : "%.2g of bias by the data".formatted(row.getDataBias()),
            row.getResidual() == null ? null : "residual %.2g".formatted(row.getResidual()),
            row.getOtherModelId() == null
                ? null
                : "between %s and %s"
                    .formatted(
                        row.getModelId().substring(0, 12), row.getOtherModelId().substring(0, 12)),
            row.getNExamples() == 0 ? null : row.getNExamples() + " examples",
            row.getNEvaluations() == 0 ? null : row.getNEvaluations() + " evaluations",
            row.getStatus() + (row.getReason() == null ? "" : ": " + row.getReason()))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private static String value(Spectrum row) {
    return "%d Ritz values of the %s%s, %.6g to %.6g"
        .formatted(
            row.getRitzValues().size(),
            row.getOperator(),
            row.getParameters() == null ? "" : " of " + row.getParameters(),
            row.getRitzValues().get(0),
            row.getRitzValues().get(row.getRitzValues().size() - 1));
  }

  private static String value(LossPath row) {
    return "%s, %d points, training loss %.6g at the ends' larger, %.6g at most"
        .formatted(
            row.getKind().toString().toLowerCase(java.util.Locale.ROOT),
            row.getT().size(),
            Math.max(
                row.getTrainLoss().get(0), row.getTrainLoss().get(row.getTrainLoss().size() - 1)),
            row.getTrainLoss().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("  %-30s %s%n", name, value);
  }
}
