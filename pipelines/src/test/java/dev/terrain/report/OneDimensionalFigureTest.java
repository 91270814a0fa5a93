package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.taxonomy.ruggedness.RuggedModel;
import dev.terrain.taxonomy.ruggedness.RuggedState;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Cell;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The phases of the one-dimensional model by its closed forms, as its document shows them. */
class OneDimensionalFigureTest {
  private static final Path FIGURE = Path.of("..", "docs", "one-dimensional-phases.svg");
  private static final int STEPS = 24;

  private final List<String> loads = values(0.01, 1e-4);
  private final List<String> temperatures = values(1e-6, 0.01);
  private final List<Cell> cells = cells();

  private static List<String> values(double from, double to) {
    return IntStream.range(0, STEPS)
        .mapToObj(i -> from * Math.pow(to / from, i / (STEPS - 1.0)))
        .map(value -> new BigDecimal(value).round(new MathContext(2)).toPlainString())
        .toList();
  }

  private List<Cell> cells() {
    List<Cell> all = new ArrayList<>();
    for (String load : loads) {
      for (String temperature : temperatures) {
        double r = Double.parseDouble(load);
        double t = Double.parseDouble(temperature);
        RuggedState state = RuggedModel.standard().at(r, t);
        all.add(
            Cell.newBuilder()
                .setCellId(load + " " + temperature)
                .setSweep("one-dimensional")
                .setLoadSetting("ruggedness")
                .setLoadValue(r)
                .setTemperatureSetting("temperature")
                .setTemperatureValue(t)
                .setNModels(1)
                .setNDiverged(0)
                .setNPairs(0)
                .setPhase(state.phase().label())
                .setPhaseConfidence(1.0)
                .setRevision(0)
                .setComputedAt(Instant.EPOCH)
                .build());
      }
    }
    return all;
  }

  @Test
  void theFigureOfTheDocument_isWhatTheReportDraws() throws IOException {
    Sweep plan =
        Sweep.newBuilder()
            .setName("one-dimensional")
            .setBase(ModelSpec.newBuilder().build())
            .setLoad(new Axis("ruggedness", loads))
            .setTemperature(new Axis("temperature", temperatures))
            .setOtherAxes(List.of())
            .setSeeds(List.of(0L))
            .setMetrics(List.of())
            .setTaxonomy(TaxonomySettings.newBuilder().build())
            .build();
    String drawn =
        Report.of(plan, cells, List.of(), List.of(), List.of(), Instant.EPOCH)
            .figures()
            .get("phases")
            .replaceAll("(?s)<title>.*?</title>", "");

    Path kept = Files.writeString(Path.of("target", "one-dimensional-phases.svg"), drawn);
    assertThat(Files.readString(FIGURE)).as("draw it anew: %s", kept).isEqualTo(drawn);
  }

  @Test
  void thePhases_areAsOftenAsTheDocumentSays() {
    Map<String, Integer> counts = new TreeMap<>();
    cells.forEach(cell -> counts.merge(cell.getPhase(), 1, Integer::sum));

    assertThat(counts).isEqualTo(Map.of("I", 118, "II", 103, "III", 26, "IV-A", 10, "IV-B", 319));
  }
}
