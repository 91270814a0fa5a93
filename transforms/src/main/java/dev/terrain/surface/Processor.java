package dev.terrain.surface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The processor of this machine: kernels, and so the last bits of what they compute, are chosen by
 * it.
 *
 * @param name vendor's name, family, model and stepping; the architecture where the system does not
 *     tell more
 * @param instructionSet the widest vector instructions it has, and what the environment restricts
 *     them to; "unknown" where the system does not tell
 */
public record Processor(String name, String instructionSet) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Flag of the system, and the name of the set; the widest first. */
  private static final List<List<String>> SETS =
      List.of(
          List.of("avx512f", "AVX-512"),
          List.of("avx2", "AVX2"),
          List.of("avx", "AVX"),
          List.of("sse4_1", "SSE4.1"),
          List.of("sve", "SVE"),
          List.of("asimd", "NEON"));

  /** What else is to be seen of AVX-512: kernels are chosen by these. */
  private static final List<String> EXTENSIONS =
      List.of("avx512bw", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile");

  private static final List<String> RESTRICTIONS =
      List.of(
          "DNNL_MAX_CPU_ISA",
          "ONEDNN_MAX_CPU_ISA",
          "ATEN_CPU_CAPABILITY",
          "MKL_ENABLE_INSTRUCTIONS");

  private static final class Holder {
    static final Processor INSTANCE = of(read(), System.getProperty("os.arch"), System::getenv);
  }

  /** The processor that this process runs on. */
  public static Processor ofThisMachine() {
    return Holder.INSTANCE;
  }

  /**
   * @param lines of {@code /proc/cpuinfo}; empty where there is none
   * @param environment the value of each variable, or null
   */
  static Processor of(List<String> lines, String architecture, UnaryOperator<String> environment) {
    Map<String, String> first = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        first.putIfAbsent(parts[0].strip(), parts[1].strip());
      }
    }
    return new Processor(name(first, architecture), instructions(first, environment));
  }

  private static List<String> read() {
    try {
      return Files.exists(LINUX) ? Files.readAllLines(LINUX) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name(Map<String, String> facts, String architecture) {
    String name = facts.get("model name");
    if (name == null) {
      String part = facts.get("CPU part");
      return part == null
          ? architecture
          : architecture + " implementer " + facts.get("CPU implementer") + " part " + part;
    }
    return "%s (family %s, model %s, stepping %s)"
        .formatted(name, facts.get("cpu family"), facts.get("model"), facts.get("stepping"));
  }

  private static String instructions(Map<String, String> facts, UnaryOperator<String> environment) {
    String flags = facts.getOrDefault("flags", facts.getOrDefault("Features", ""));
    Set<String> known = new HashSet<>(List.of(flags.split("\\s+")));
    List<String> words = new ArrayList<>();
    words.add(
        SETS.stream()
            .filter(set -> known.contains(set.get(0)))
            .map(set -> set.get(1))
            .findFirst()
            .orElse("unknown"));
    EXTENSIONS.stream().filter(known::contains).forEach(words::add);
    for (String variable : RESTRICTIONS) {
      String value = environment.apply(variable);
      if (value != null && !value.isEmpty()) {
        words.add(variable + "=" + value);
      }
    }
    return String.join(" ", words);
  }
}
