package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.stage.Provenance;
import dev.terrain.surface.ArithmeticDeviation;
import dev.terrain.surface.EngineArithmetic;
import dev.terrain.surface.FreedMemory;
import dev.terrain.surface.Processor;
import dev.terrain.surface.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain doctor}: what the machine and the engine can do, and whether they are right. */
@Command(
    name = "doctor",
    description =
        "Says what this machine has, and whether the engine computes rightly on it. Ends with 5 if"
            + " it does not.")
final class DoctorCommand implements Callable<Integer> {
  private static final double GIBIBYTE = 1L << 30;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    EngineArithmetic arithmetic = EngineArithmetic.ofThisProcess();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(facts(arithmetic)));
    } else {
      print(arithmetic, out);
    }
    out.flush();
    return arithmetic.deviation().allowed() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static void print(EngineArithmetic arithmetic, PrintWriter out) throws IOException {
    line(out, "terrain", Provenance.TERRAIN_VERSION);
    line(out, "java", System.getProperty("java.vm.name") + " " + Runtime.version());
    line(out, "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    line(out, "processor", Processor.ofThisMachine().name());
    line(out, "instructions", Processor.ofThisMachine().instructionSet());
    line(out, "processors", "%d, one unit of work on each".formatted(processors()));
    line(out, "memory", "%.1f GiB, heap %.1f GiB".formatted(memory(), heap()));
    line(out, "freed memory", FreedMemory.ofThisProcess().toString());
    line(out, "free disk", "%.1f GiB here, %.1f GiB for temporary files".formatted(here(), temp()));
    line(out, "engine", Torch.version() + ", " + Torch.build() + ", device cpu");
    arithmetic
        .refused()
        .ifPresent(
            wrong ->
                line(out, "oneDNN", "WRONG on this processor, so not used: %s".formatted(wrong)));
    line(
        out,
        "arithmetic",
        "%s, %s: float32 against float64, %s (at most %.0e)"
            .formatted(
                arithmetic.name(),
                arithmetic.deviation().allowed() ? "right" : "WRONG, nothing is computed here",
                arithmetic.deviation(),
                ArithmeticDeviation.ALLOWED));
  }

  private static Map<String, Object> facts(EngineArithmetic arithmetic) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("terrain_version", Provenance.TERRAIN_VERSION);
    facts.put("java_version", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("processor", Processor.ofThisMachine().name());
    facts.put("instruction_set", Processor.ofThisMachine().instructionSet());
    facts.put("processors", processors());
    facts.put("memory_gib", memory());
    facts.put("heap_gib", heap());
    facts.put("freed_memory", FreedMemory.ofThisProcess().name());
    facts.put("free_disk_gib", here());
    facts.put("free_temporary_gib", temp());
    facts.put("engine", Torch.version());
    facts.put("engine_build", Torch.build());
    facts.put("device", "cpu");
    facts.put("arithmetic", arithmetic.name());
    facts.put("arithmetic_right", arithmetic.deviation().allowed());
    facts.put("gradient_deviation", finite(arithmetic.deviation().gradient()));
    facts.put("product_deviation", finite(arithmetic.deviation().product()));
    facts.put("one_dnn_refused", arithmetic.refused().isPresent());
    return facts;
  }

  /** JSON has no word for what is not finite. */
  private static Double finite(double deviation) {
    return Double.isFinite(deviation) ? deviation : null;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static double memory() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize()
        / GIBIBYTE;
  }

  private static double heap() {
    return Runtime.getRuntime().maxMemory() / GIBIBYTE;
  }

  private static double here() throws IOException {
    return free(Path.of("").toAbsolutePath());
  }

  private static double temp() throws IOException {
    return free(Path.of(System.getProperty("java.io.tmpdir")));
  }

  private static double free(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() / GIBIBYTE;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-13s %s%n", name, value);
  }
}
