package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TablesManifestTest {
  private static final TablesManifest MANIFEST =
      new TablesManifest(
          new TablesOwner("two words", "plan-2.json", "ab".repeat(32), "c0ffee"),
          17L,
          new TreeMap<>(Map.of("tables/cells/part-00000-of-00001.avro", "12".repeat(32))),
          new TreeMap<>(Map.of("report.html", "34".repeat(32))));

  @Test
  void whatIsWritten_isRead() throws IOException {
    assertThat(TablesManifest.parse(MANIFEST.toJson())).isEqualTo(MANIFEST);
    TablesManifest least =
        new TablesManifest(
            new TablesOwner(null, null, null, null), null, new TreeMap<>(), new TreeMap<>());
    assertThat(TablesManifest.parse(least.toJson())).isEqualTo(least);
  }

  @Test
  void aChangedBit_isFoundOrChangesNothing() {
    byte[] sound = MANIFEST.toJson();
    int refused = 0;
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] damaged = sound.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(TablesManifest.parse(damaged)).as("bit %d", bit).isEqualTo(MANIFEST);
      } catch (DamagedTablesException e) {
        assertThat(e).hasMessageContaining("tables/manifest.json");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(8 * sound.length / 2);
  }

  @Test
  void manifestsOfEarlierVersions_areRead_butForTheirReport() throws IOException {
    String text =
        """
        {"inputs": "abc", "units": 8, "tables": {"tables/cells/part-0.avro": "12"},
         "report": ["report.html", "figures/phase.svg"]}
        """;

    TablesManifest manifest = TablesManifest.parse(text.getBytes(StandardCharsets.UTF_8));

    assertThat(manifest.owner()).isEqualTo(new TablesOwner(null, null, "abc", null));
    assertThat(manifest.units()).isEqualTo(8);
    assertThat(manifest.tables()).containsOnly(Map.entry("tables/cells/part-0.avro", "12"));
    assertThat(manifest.report()).isEmpty();
  }
}
