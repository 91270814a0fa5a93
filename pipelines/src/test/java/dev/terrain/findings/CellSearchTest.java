package dev.terrain.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.v1.Cell;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellSearchTest {
  private static Cell cell(String id, String slice, double width, double batch) {
    return Cell.newBuilder()
        .setCellId(id)
        .setSweep("sweep")
        .setLoadSetting("width")
        .setLoadValue(width)
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(batch)
        .setSlice(slice)
        .setNModels(3)
        .setNDiverged(0)
        .setNPairs(3)
        .setRevision(0)
        .setComputedAt(Instant.EPOCH)
        .build();
  }

  private static final List<Cell> CELLS =
      List.of(
          cell("abcd11", "label_noise=0", 2, 16),
          cell("abcd22", "label_noise=0.1", 2, 16),
          cell("ef0011", "label_noise=0", 4, 16));

  @Test
  void find_takesTheFirstCharactersOfAnId() {
    assertThat(CellSearch.find(CELLS, "abcd2").getCellId()).isEqualTo("abcd22");
  }

  @Test
  void find_takesSettingsInAnyOrderAndForm() {
    assertThat(CellSearch.find(CELLS, "label_noise = 0.10, width=2").getCellId())
        .isEqualTo("abcd22");
    assertThat(CellSearch.find(CELLS, "width=4").getCellId()).isEqualTo("ef0011");
  }

  @Test
  void find_ofSeveral_namesThem() {
    assertThatThrownBy(() -> CellSearch.find(CELLS, "abcd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names 2 cells, such as width=2, batch_size=16, label_noise=0;");
  }

  @Test
  void find_ofNone_saysSo() {
    assertThatThrownBy(() -> CellSearch.find(CELLS, "height=2"))
        .hasMessageContaining("ID (height=2) names no cell of the tables");
    assertThatThrownBy(() -> CellSearch.find(CELLS, "abc")).hasMessageContaining("names no cell");
  }
}
