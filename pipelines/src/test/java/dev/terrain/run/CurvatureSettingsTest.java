package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.study.StoredManifest;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the curvature that change which rows there are, from the sweep to the tables. */
@Tag("engine")
final class CurvatureSettingsTest {
  @TempDir private Path folder;

  private TableReader run(String curvature) throws IOException {
    Sweep sweep = SmallStudy.sweepWith("eigenvalues: 1, block_size: 2, max_products: 8", curvature);
    SmallStudy study = new SmallStudy(folder);
    study.run(Sweep.newBuilder(sweep).setMetrics(List.of("losses", "curvature")).build());
    return TableReader.of(folder);
  }

  @Test
  void traceAloneWithTheDiagonal_needsNoSpectra() throws IOException {
    TableReader tables =
        run(
            "eigenvalues: 0, lower_eigenvalues: 0, max_products: 6, operator: gauss_newton,"
                + " diagonal_products: 6");

    assertThat(tables.read(Spectrum.class)).isEmpty();
    List<Measurement> rows =
        tables.read(Measurement.class).stream()
            .filter(row -> row.getMetric().startsWith("gauss_newton"))
            .toList();
    assertThat(rows)
        .extracting(Measurement::getMetric)
        .containsOnly(
            "gauss_newton_trace",
            "gauss_newton_frobenius_norm",
            "gauss_newton_effective_rank",
            "gauss_newton_largest_diagonal_entry")
        .hasSize(4 * 6);
    assertThat(rows)
        .filteredOn(row -> row.getMetric().endsWith("entry"))
        .allSatisfy(row -> assertThat(Path.of(row.getValuesUri())).isNotEmptyFile());
    assertThat(Files.readString(folder.resolve(StoredManifest.REPORT))).contains("</html>");
  }

  @Test
  void curvatureOfSomeParameters_isInTheTablesButNotInTheSummary() throws IOException {
    TableReader tables =
        run("eigenvalues: 1, block_size: 2, max_products: 8, parameters: [fc2.bias, fc1]");

    assertThat(tables.read(Spectrum.class))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.getParameters()).isEqualTo("fc1+fc2.bias"));
    assertThat(tables.read(Measurement.class))
        .filteredOn(row -> row.getMetric().equals("hessian_trace"))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.getParameters()).isEqualTo("fc1+fc2.bias"));
    assertThat(tables.read(Cell.class))
        .hasSize(2)
        .allSatisfy(cell -> assertThat(cell.getHessianTraceMean()).isNull());
    assertThat(Files.readString(folder.resolve(StoredManifest.REPORT))).contains("(fc1+fc2.bias)");
  }
}
