package dev.terrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NominalTimesTest {
  /** More than a chunk of keys, and than a few rounds of slots. */
  private static final int UNITS = 10_000;

  @Test
  void isTheMapOfWhatWasAdded_inItsOrder() {
    NominalTimes times = new NominalTimes();
    Map<String, Double> expected = new LinkedHashMap<>();
    for (int unit = 0; unit < UNITS; unit++) {
      times.add(key(unit), unit / 8.0);
      expected.put(key(unit), unit / 8.0);
    }
    assertThat(times).hasSize(UNITS).containsExactlyEntriesOf(expected);
    assertThat(times.values()).containsExactlyElementsOf(expected.values());
    assertThat(expected.keySet()).allMatch(key -> expected.get(key).equals(times.get(key)));
    assertThat(times.keySet()).doesNotContain(key(UNITS), "", "A".repeat(64));
  }

  @Test
  void aUnitThatIsAddedAgainKeepsItsPlaceAndHasTheLaterTime() {
    NominalTimes times = new NominalTimes();
    times.add(key(1), 1);
    times.add(key(2), 2);
    times.add(key(1), 3);
    assertThat(times.entrySet()).containsExactly(Map.entry(key(1), 3.0), Map.entry(key(2), 2.0));
  }

  @Test
  void keysThatBeginAlikeAreToldApart() {
    NominalTimes times = new NominalTimes();
    List<String> keys = List.of("0".repeat(63) + "1", "0".repeat(63) + "2", "0".repeat(63) + "f");
    for (int i = 0; i < keys.size(); i++) {
      times.add(keys.get(i), i);
    }
    assertThat(times.get(keys.get(1))).isEqualTo(1);
    assertThat(times).doesNotContainKey("0".repeat(64)).hasSize(3);
  }

  @Test
  void aKeyThatIsNoFingerprintIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NominalTimes().add("ab", 1))
        .withMessage("key 'ab' must be 64 hexadecimal digits in lower case");
  }

  private static String key(int unit) {
    try {
      byte[] text = Integer.toString(unit).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
