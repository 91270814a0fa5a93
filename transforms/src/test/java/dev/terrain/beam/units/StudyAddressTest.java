package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StudyAddressTest {
  @TempDir private Path folder;

  private StageContext open(String study) {
    return new StudyAddress(folder.resolve(study).toString(), null).open(StageListener.SILENT);
  }

  @Test
  void allWhoOpenAStudyInAProcessShareOneLedger() {
    Set<Ledger> ledgers =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    IntStream.range(0, 64).parallel().forEach(i -> ledgers.add(open("a").ledger()));
    assertThat(ledgers).hasSize(1);
  }

  @Test
  void studiesHaveLedgersOfTheirOwn() {
    assertThat(open("a").ledger()).isNotSameAs(open("b").ledger());
  }
}
