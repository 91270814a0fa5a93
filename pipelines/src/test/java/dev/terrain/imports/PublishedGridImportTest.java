package dev.terrain.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.ImportedStudy;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The study's released grid by the mapping in {@code examples/import}, against the phase map that
 * was derived from the numbers by hand.
 */
class PublishedGridImportTest {
  private static final String FOLDER = "../examples/import/";

  /** Rows are batch sizes 16 to 1024, columns widths 2 to 128. */
  private static final List<String> PHASES =
      List.of(
          "I  II II II II II II II II II II II II",
          "I  II II II II II II II II II II II II",
          "II II II II II II II II II II II II II",
          "I  II II II II II II II II II II II II",
          "I  II I  II II II II II II II II II II",
          "I  I  I  I  II II II II II II II II II",
          "I  I  I  I  II II II II II II II II II",
          "I  I  I  I  I  II II II II II II II II",
          "I  I  I  I  I  I  II I  IV IV IV IV IV",
          "I  I  I  I  I  I  IV IV IV IV IV IV IV",
          "I  I  I  I  I  III IV IV IV IV IV IV IV",
          "I  I  I  I  III III IV IV IV IV IV IV IV",
          "I  I  I  III III III IV IV IV IV IV IV IV");

  @TempDir private static Path folder;
  private static ObjectStore store;
  private static ImportSummary summary;

  @BeforeAll
  static void importGrid() throws IOException {
    store = ObjectStores.open(folder.toString());
    summary =
        new GridImport(store)
            .run(
                FOLDER + "constant-learning-rate-clean.csv",
                FOLDER + "constant-learning-rate-clean.yaml");
  }

  @Test
  void theCellsHaveThePhasesOfThePublishedMap() throws IOException {
    Map<Double, List<Cell>> rows =
        StudyTables.of(store).read(Cell.class).stream()
            .collect(Collectors.groupingBy(Cell::getTemperatureValue));

    List<String> map =
        rows.keySet().stream()
            .sorted()
            .map(
                batch ->
                    rows.get(batch).stream()
                        .sorted(Comparator.comparing(Cell::getLoadValue))
                        .map(cell -> cell.getPhase().replaceAll("-.*", ""))
                        .collect(Collectors.joining(" ")))
            .toList();

    assertThat(map).isEqualTo(PHASES.stream().map(row -> row.replaceAll(" +", " ")).toList());
  }

  @Test
  void thePhasesAreCounted() {
    assertThat(summary.phases())
        .isEqualTo(Map.of("I", 43, "II", 87, "III", 6, "IV-A", 14, "IV-B", 19));
    assertThat(summary.rows()).isEqualTo(169);
    assertThat(summary.cells()).isEqualTo(169);
    assertThat(summary.diagrams()).isEqualTo(1);
    assertThat(summary.runs()).isZero();
  }

  @Test
  void whatWasDoneWithColumnsIsStated() {
    assertThat(summary.conversions())
        .containsExactly(
            "data_fraction: column data_tenths is multiplied by 0.1",
            "hessian_top_eigenvalue: column log_top_eig holds natural logarithms; undone by e^x",
            "hessian_trace: column log_trace holds natural logarithms; undone by e^x");
    assertThat(summary.notes()).isEmpty();
  }

  @Test
  void logarithmsAreUndone_andCountsKept() throws IOException {
    Cell hot =
        StudyTables.of(store).read(Cell.class).stream()
            .filter(cell -> cell.getLoadValue() == 2 && cell.getTemperatureValue() == 16)
            .findFirst()
            .orElseThrow();

    // e^5.43425 and e^4.36318
    assertThat(hot.getHessianTraceMean()).isCloseTo(229.121, within(1e-3));
    assertThat(hot.getHessianTopEigenvalueMean()).isCloseTo(78.5064, within(1e-4));
    assertThat(hot.getTestAccuracyMean()).isEqualTo(53.19);
    assertThat(hot.getNModels()).isEqualTo(5);
    assertThat(hot.getNTrainLoss()).isEqualTo(5);
    assertThat(hot.getNPairs()).isEqualTo(1);
    assertThat(hot.getNCka()).isEqualTo(10);
    assertThat(hot.getSlice()).isEqualTo("data_fraction=1");
    assertThat(hot.getPhaseConfidence()).isNull();
  }

  @Test
  void theModelsBehindPairsAreCounted() throws IOException {
    Map<String, List<Integer>> models =
        StudyTables.of(store).read(CellMetric.class).stream()
            .collect(
                Collectors.groupingBy(
                    CellMetric::getMetric,
                    Collectors.mapping(CellMetric::getNModels, Collectors.toList())));

    assertThat(models.get("cka")).containsOnly(5);
    assertThat(models.get("mode_connectivity")).containsOnly(2);
    assertThat(models.get("train_loss")).containsOnly(5);
  }

  @Test
  void everyTableCanBeRead() throws IOException {
    TableReader tables = StudyTables.of(store);

    assertThat(tables.read(CellMetric.class)).hasSize(169 * 8);
    for (Table table : Table.values()) {
      assertThat(tables.files(table)).isNotEmpty();
      if (table != Table.CELLS && table != Table.CELL_METRICS) {
        assertThat(tables.read(table.type())).isEmpty();
      }
    }
  }

  @Test
  void theImportGivesASweepWithTheAxesOfTheGrid() throws IOException {
    ImportedStudy study = ImportedStudy.find(store).orElseThrow();
    Sweep sweep = study.sweep();

    assertThat(study.file()).isEqualTo("constant-learning-rate-clean.csv");
    assertThat(study.loadRises()).isFalse();
    assertThat(sweep.getName()).isEqualTo("constant learning rate, clean labels");
    assertThat(sweep.getLoad().getSetting()).isEqualTo("width");
    assertThat(sweep.getLoad().getValues())
        .containsExactly("2", "3", "4", "6", "8", "11", "16", "23", "32", "45", "64", "91", "128");
    assertThat(sweep.getTemperature().getValues()).startsWith("16", "24").endsWith("1024");
    assertThat(sweep.getOtherAxes()).hasSize(1);
    assertThat(sweep.getOtherAxes().get(0).getValues()).containsExactly("1");
    assertThat(sweep.getSeeds()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(sweep.getTaxonomy().getSimilarCka()).isEqualTo(0.65);
  }
}
