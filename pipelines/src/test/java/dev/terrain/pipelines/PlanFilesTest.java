package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {
  private static final Sweep FIRST = SmallStudy.SWEEP;
  private static final Sweep SECOND = SmallStudy.sweepWith("seeds: 3", "seeds: 4");

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
    plans.freeze(FIRST);
    plans.freeze(FIRST);

    assertThat(store.list("plan")).containsExactly("plan.json");
    assertThat(plans.current()).contains(FIRST);
  }

  @Test
  void eachChangeAddsAPlanAndLeavesTheOthersAsTheyAre() throws IOException {
    plans.freeze(FIRST);
    byte[] first = store.read("plan.json").orElseThrow();

    plans.freeze(SECOND);
    assertThat(plans.current()).contains(SECOND);
    plans.freeze(FIRST);
    assertThat(plans.current()).contains(FIRST);

    assertThat(store.list("plan"))
        .containsExactlyInAnyOrder("plan.json", "plan-2.json", "plan-3.json");
    assertThat(store.read("plan.json")).contains(first);
    assertThat(store.read("plan-3.json")).contains(first);
  }

  @Test
  void theTenthPlanFollowsTheNinth() throws IOException {
    for (int i = 0; i < 11; i++) {
      plans.freeze(i % 2 == 0 ? FIRST : SECOND);
    }

    assertThat(store.list("plan")).hasSize(11).contains("plan-10.json", "plan-11.json");
    assertThat(plans.current()).contains(FIRST);
  }

  @Test
  void otherFilesAreNoPlans() throws IOException {
    plans.freeze(FIRST);
    store.write("plan-notes.json", bytes("{}"));
    store.write("plan-02.json", bytes("{}"));
    store.write("plans/plan-7.json", bytes("{}"));

    assertThat(plans.current()).contains(FIRST);
  }

  @Test
  void aCorruptPlanIsNamed() throws IOException {
    plans.freeze(FIRST);
    store.write("plan-2.json", bytes("{\"name\": \"x\""));

    assertThatThrownBy(() -> plans.current()).hasMessageContaining(store.uri("plan-2.json"));
    assertThatThrownBy(() -> plans.freeze(SECOND)).hasMessageContaining(store.uri("plan-2.json"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
