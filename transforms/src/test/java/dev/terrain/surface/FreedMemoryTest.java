package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.Network;
import dev.terrain.surface.Allocator.Threshold;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class FreedMemoryTest {
  @Test
  void anAllocator_isToldToKeepWhatIsFreed() {
    Recorded allocator = new Recorded(Integer.MAX_VALUE);

    assertThat(FreedMemory.settle(Optional.of(allocator), Map.of("MALLOC_ARENA_MAX", "4")))
        .isEqualTo(FreedMemory.KEPT);
    assertThat(allocator.values)
        .containsOnly(
            Map.entry(Threshold.MAPPED, 1 << 30),
            Map.entry(Threshold.TRIMMED, Integer.MAX_VALUE),
            Map.entry(Threshold.SPARE, 64 << 20));
  }

  @Test
  void anAllocatorWithALargestThreshold_getsThat() {
    Recorded allocator = new Recorded(32 << 20);

    assertThat(FreedMemory.settle(Optional.of(allocator), Map.of())).isEqualTo(FreedMemory.KEPT);
    assertThat(allocator.values).containsEntry(Threshold.MAPPED, 32 << 20);
  }

  @Test
  void anAllocatorThatTakesNothing_isLeftAlone() {
    assertThat(FreedMemory.settle(Optional.of(new Recorded(0)), Map.of()))
        .isEqualTo(FreedMemory.UNMANAGED);
    assertThat(FreedMemory.settle(Optional.empty(), Map.of())).isEqualTo(FreedMemory.UNMANAGED);
  }

  @Test
  void thresholdsOfTheEnvironment_areLeftAlone() {
    for (Threshold threshold : Threshold.values()) {
      Recorded allocator = new Recorded(Integer.MAX_VALUE);

      assertThat(FreedMemory.settle(Optional.of(allocator), Map.of(threshold.variable(), "1")))
          .isEqualTo(FreedMemory.AS_CONFIGURED);
      assertThat(
              FreedMemory.settle(
                  Optional.of(allocator),
                  Map.of("GLIBC_TUNABLES", "a.b=1:" + threshold.tunable() + "=1")))
          .isEqualTo(FreedMemory.AS_CONFIGURED);
      assertThat(allocator.values).isEmpty();
    }
  }

  /** Eight arrays of 3.2 MB, 784 pages each, and more are made anew in each step. */
  @Test
  @Tag("process")
  @EnabledOnOs(OS.LINUX)
  void stepsOfTraining_faultInNoFreshPages_unlessTheEnvironmentSaysSo() throws Exception {
    long kept = faultsOfAStep(Map.of());
    long mapped = faultsOfAStep(Map.of(Threshold.MAPPED.variable(), "131072"));

    assertThat(mapped).isGreaterThan(5_000);
    assertThat(kept).isLessThan(mapped / 10);
  }

  private static long faultsOfAStep(Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Steps.class.getName());
    for (Threshold threshold : Threshold.values()) {
      builder.environment().remove(threshold.variable());
    }
    builder.environment().remove("GLIBC_TUNABLES");
    builder.environment().putAll(variables);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Long.parseLong(output.substring(output.lastIndexOf(' ') + 1).strip());
  }

  /** A process that trains, and prints the page faults of a step of its thread. */
  static final class Steps {
    private static final int WARM_UP = 20;
    private static final int COUNTED = 10;

    private Steps() {}

    public static void main(String[] arguments) throws IOException {
      RandomImages images = new RandomImages(128, 1, 28, 10, 1);
      ModelSpec spec = Surfaces.spec("cnn", 8).build();
      Network network = Surfaces.network(spec, images);
      int[] batch = NetworkSurfaceTest.range(0, 128);
      try (NetworkTrainer trainer = NetworkTrainer.atStart(network, images, spec, "faults")) {
        for (int i = 0; i < WARM_UP; i++) {
          trainer.steps(Surfaces.oneStep(batch, 0.01, i + 1));
        }
        long before = faults();
        for (int i = 0; i < COUNTED; i++) {
          trainer.steps(Surfaces.oneStep(batch, 0.01, i + 1));
        }
        System.out.println("faults " + (faults() - before) / COUNTED);
      }
    }

    /** The field after the command's name that proc(5) calls minflt. */
    private static long faults() throws IOException {
      String line = Files.readString(Path.of("/proc/thread-self/stat"));
      return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[7]);
    }
  }

  /** Remembers what it was told. */
  private static final class Recorded implements Allocator {
    private final int largest;
    private final Map<Threshold, Integer> values = new EnumMap<>(Threshold.class);

    Recorded(int largest) {
      this.largest = largest;
    }

    @Override
    public boolean set(Threshold threshold, int bytes) {
      boolean taken = largest > 0 && (threshold != Threshold.MAPPED || bytes <= largest);
      if (taken) {
        values.put(threshold, bytes);
      }
      return taken;
    }

    @Override
    public void giveBack() {}
  }
}
