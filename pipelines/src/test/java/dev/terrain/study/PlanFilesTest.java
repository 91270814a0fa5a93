package dev.terrain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.run.SmallStudy;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SweepJson;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {
  private static final Sweep FIRST = SmallStudy.SWEEP;
  private static final Sweep SECOND = SmallStudy.sweepWith("seeds: 3", "seeds: 4");

  private static final List<PlannedData> DATA =
      List.of(
          new PlannedData("digits", null, "ab".repeat(32)),
          new PlannedData("fashion-mnist", "/data/fashion", "cd".repeat(32)));

  @TempDir private Path folder;
  private ObjectStore store;
  private PlanFiles plans;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
    plans = new PlanFiles(store);
  }

  @Test
  void aStudyThatNeverRanHasNoPlan() throws IOException {
    assertThat(plans.current()).isEmpty();
  }

  @Test
  void theSameSweepIsFrozenOnce() throws IOException {
    plans.freeze(FIRST, DATA);
    plans.freeze(FIRST, DATA);

    assertThat(store.list("plan")).containsExactly("plan.json");
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(FIRST);
  }

  @Test
  void eachChangeAddsAPlanAndLeavesTheOthersAsTheyAre() throws IOException {
    plans.freeze(FIRST, DATA);
    byte[] first = store.read("plan.json").orElseThrow();

    plans.freeze(SECOND, DATA);
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(SECOND);
    plans.freeze(FIRST, DATA);
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(FIRST);

    assertThat(store.list("plan"))
        .containsExactlyInAnyOrder("plan.json", "plan-2.json", "plan-3.json");
    assertThat(store.read("plan.json")).contains(first);
    assertThat(store.read("plan-3.json")).contains(first);
  }

  @Test
  void theTenthPlanFollowsTheNinth() throws IOException {
    for (int i = 0; i < 11; i++) {
      plans.freeze(i % 2 == 0 ? FIRST : SECOND, DATA);
    }

    assertThat(store.list("plan")).hasSize(11).contains("plan-10.json", "plan-11.json");
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(FIRST);
  }

  @Test
  void otherFilesAreNoPlans() throws IOException {
    plans.freeze(FIRST, DATA);
    store.write("plan-notes.json", bytes("{}"));
    store.write("plan-02.json", bytes("{}"));
    store.write("plans/plan-7.json", bytes("{}"));

    assertThat(plans.current().map(FrozenPlan::sweep)).contains(FIRST);
  }

  @Test
  void aCorruptPlanIsNamed() throws IOException {
    plans.freeze(FIRST, DATA);
    store.write("plan-2.json", bytes("{\"name\": \"x\""));

    assertThatThrownBy(() -> plans.current()).hasMessageContaining(store.uri("plan-2.json"));
    assertThatThrownBy(() -> plans.freeze(SECOND, DATA))
        .hasMessageContaining(store.uri("plan-2.json"));
  }

  @Test
  void aPlanNamesItsDataAndOtherDataAddAPlan() throws IOException {
    List<PlannedData> moved =
        List.of(DATA.get(0), new PlannedData("fashion-mnist", "gs://b/f", "cd".repeat(32)));
    List<PlannedData> other =
        List.of(DATA.get(0), new PlannedData("fashion-mnist", "/data/fashion", "ef".repeat(32)));

    plans.freeze(FIRST, DATA);
    plans.freeze(FIRST, moved);
    assertThat(plans.all()).extracting(FrozenPlan::data).containsExactly(DATA);
    plans.freeze(FIRST, other);
    assertThat(plans.all()).extracting(FrozenPlan::data).containsExactly(DATA, other);
    assertThat(plans.all()).extracting(FrozenPlan::sweep).containsExactly(FIRST, FIRST);
  }

  @Test
  void aPlanOfAnEarlierVersionIsReadAndSealedByTheNext() throws IOException {
    store.write("plan.json", bytes(SweepJson.write(FIRST)));

    FrozenPlan plan = plans.current().orElseThrow();
    assertThat(plan.sweep()).isEqualTo(FIRST);
    assertThat(plan.isSealed()).isFalse();
    plans.freeze(FIRST, DATA);
    assertThat(plans.all()).extracting(FrozenPlan::isSealed).containsExactly(false, true);
  }

  /** Each single bit, not only digits: what is not noticed must not matter. */
  @Test
  void aChangedBitIsNoticedOrHarmless() throws IOException {
    plans.freeze(FIRST, DATA);
    FrozenPlan sound = plans.current().orElseThrow();
    byte[] text = store.read("plan.json").orElseThrow();
    int harmless = 0;
    for (int i = 0; i < 8 * text.length; i++) {
      byte[] damaged = text.clone();
      damaged[i / 8] ^= (byte) (1 << (i % 8));
      try {
        assertThat(PlanText.read(new String(damaged, StandardCharsets.UTF_8), sound.file()))
            .as("bit %d of byte %d", i % 8, i / 8)
            .isEqualTo(sound);
        harmless++;
      } catch (InvalidSweepException e) {
        assertThat(e.getMessage()).contains(sound.file(), "restore the file");
      }
    }
    assertThat(harmless).as("white space, and the case of an exponent").isLessThan(text.length);
  }

  @Test
  void aChangedDigitIsNoticedAtEveryPlace() throws IOException {
    plans.freeze(FIRST, DATA);
    String text = new String(store.read("plan.json").orElseThrow(), StandardCharsets.UTF_8);
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))) {
        char other = text.charAt(i) == '9' ? '8' : (char) (text.charAt(i) + 1);
        store.write("plan.json", bytes(text.substring(0, i) + other + text.substring(i + 1)));
        digits++;

        assertThatThrownBy(() -> plans.current())
            .isInstanceOf(InvalidSweepException.class)
            .hasMessageStartingWith(store.uri("plan.json") + ": damaged plan");
        assertThatThrownBy(() -> plans.freeze(SECOND, DATA))
            .isInstanceOf(InvalidSweepException.class);
      }
    }
    assertThat(digits).isGreaterThan(100);
  }

  @Test
  void layoutDoesNotMatterButEveryPartMustBeThere() throws IOException {
    plans.freeze(FIRST, DATA);
    FrozenPlan sound = plans.current().orElseThrow();
    String text = new String(store.read("plan.json").orElseThrow(), StandardCharsets.UTF_8);

    store.write("plan.json", bytes(text.replace("\n", "\r\n").replace("  ", "\t")));
    assertThat(plans.current()).contains(sound);
    for (String part : List.of("sha256", "data", "address", "name")) {
      store.write("plan.json", bytes(text.replaceFirst("\"" + part + "\"", "\"x\"")));
      assertThatThrownBy(() -> plans.current()).hasMessageContaining(store.uri("plan.json"));
    }
    ObjectNode unsealed = (ObjectNode) new JsonMapper().readTree(text);
    unsealed.remove("sha256");
    store.write("plan.json", bytes(unsealed.toString()));
    assertThatThrownBy(() -> plans.current()).hasMessageContaining("lacks its SHA-256");
    for (String other : List.of("", "[]", "null", "{}", text + "{}", text.substring(1))) {
      store.write("plan.json", bytes(other));
      assertThatThrownBy(() -> plans.current())
          .isInstanceOf(InvalidSweepException.class)
          .hasMessageContaining(store.uri("plan.json"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
