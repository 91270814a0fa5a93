package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
  @Test
  void ofX86_isNameFamilyAndWidestInstructions() {
    List<String> lines =
        List.of(
            "processor\t: 0",
            "vendor_id\t: AuthenticAMD",
            "cpu family\t: 26",
            "model\t\t: 2",
            "model name\t: AMD EPYC",
            "stepping\t: 1",
            "flags\t\t: fpu sse4_1 avx avx2 avx512f avx512bw avx512_bf16",
            "",
            "processor\t: 1",
            "model name\t: another");

    assertThat(Processor.of(lines, "amd64", variable -> null))
        .isEqualTo(
            new Processor(
                "AMD EPYC (family 26, model 2, stepping 1)", "AVX-512 avx512bw avx512_bf16"));
  }

  @Test
  void ofArm_isImplementerAndPart() {
    List<String> lines =
        List.of("CPU implementer\t: 0x41", "CPU part\t: 0xd40", "Features\t: fp asimd sve");

    assertThat(Processor.of(lines, "aarch64", variable -> null))
        .isEqualTo(new Processor("aarch64 implementer 0x41 part 0xd40", "SVE"));
  }

  @Test
  void ofASystemThatDoesNotTell_isTheArchitecture() {
    assertThat(Processor.of(List.of(), "aarch64", variable -> null))
        .isEqualTo(new Processor("aarch64", "unknown"));
  }

  @Test
  void restrictionsOfTheEnvironment_areSaid() {
    Map<String, String> environment = Map.of("DNNL_MAX_CPU_ISA", "AVX2");

    assertThat(
            Processor.of(List.of("flags : avx avx2"), "amd64", environment::get).instructionSet())
        .isEqualTo("AVX2 DNNL_MAX_CPU_ISA=AVX2");
  }
}
