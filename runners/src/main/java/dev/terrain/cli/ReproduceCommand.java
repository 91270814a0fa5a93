package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.inspection.Reproduction;
import dev.terrain.inspection.StudySubject;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terrain reproduce}: trains and measures once more, and compares. */
@Command(
    name = "reproduce",
    description =
        "Trains a model, or a cell's models, once more, measures again, and holds every value against the recorded one; the study stays as it is. Ends with 5 if a value differs by more than the tolerance.")
final class ReproduceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;
  @Mixin private IdParameter id;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "1e-6",
      description =
          "Largest relative difference that counts as reproduced; 0 asks for the same bits, also of the weights. Default: ${DEFAULT-VALUE}.")
  private double tolerance;

  @Option(
      names = "--scratch",
      paramLabel = "STUDY",
      description =
          "Folder or gs:// address that takes what is computed, and that is kept. Default: a temporary folder.")
  private String scratch;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException("--tolerance (" + tolerance + ") must be at least 0");
    }
    SweepRun run = study.open(data.location());
    StudySubject subject = id.find(run);
    run.verifyData();
    List<Reproduction.Value> values;
    if (scratch == null) {
      Path folder = Files.createTempDirectory("terrain-reproduce-");
      try {
        values = reproduce(run, subject, folder.toString());
      } finally {
        delete(folder);
      }
    } else {
      values = reproduce(run, subject, scratch);
    }
    List<Reproduction.Value> outside = values.stream().filter(this::isOutside).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(subject, values, outside, out);
    } else {
      print(values, outside, out);
    }
    out.flush();
    return outside.isEmpty() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private List<Reproduction.Value> reproduce(SweepRun run, StudySubject subject, String target)
      throws IOException {
    return new Reproduction(
            run, StageContext.open(target, run.dataLocation(), StageListener.SILENT))
        .of(subject);
  }

  private boolean isOutside(Reproduction.Value value) {
    // Weights that differ in a bit have another hash.
    return value.difference() > tolerance
        && (tolerance == 0 || !value.name().endsWith(".checkpoint_sha256"));
  }

  private void print(
      List<Reproduction.Value> values, List<Reproduction.Value> outside, PrintWriter out) {
    List<Reproduction.Value> different =
        values.stream().filter(value -> value.difference() > 0).toList();
    if (!different.isEmpty()) {
      out.printf(
          "%-13s %-50s %-22s %-22s %-10s %s%n",
          "stage", "value", "recorded", "reproduced", "difference", "");
    }
    for (Reproduction.Value value : different) {
      out.printf(
          "%-13s %-50s %-22s %-22s %-10s %s%n",
          value.unit().getStage(),
          value.name(),
          text(value.recorded()),
          text(value.reproduced()),
          Double.isInfinite(value.difference()) ? "-" : "%.2g".formatted(value.difference()),
          isOutside(value) ? "outside" : "within");
    }
    out.printf(
        "%d values: %d the same, %d within %s, %d outside%n",
        values.size(),
        values.size() - different.size(),
        different.size() - outside.size(),
        tolerance,
        outside.size());
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> numbers) {
      return numbers.size() == 1
          ? numbers.iterator().next().toString()
          : numbers.size() + " values";
    }
    String text = String.valueOf(value);
    return text.length() > 22 ? text.substring(0, 19) + "..." : text;
  }

  private void printJson(
      StudySubject subject,
      List<Reproduction.Value> values,
      List<Reproduction.Value> outside,
      PrintWriter out)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", subject.kind());
    facts.put("id", subject.id());
    facts.put("tolerance", tolerance);
    facts.put("reproduced", outside.isEmpty());
    facts.put("values", values.stream().map(this::facts).toList());
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private Map<String, Object> facts(Reproduction.Value value) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", value.unit().getStage());
    facts.put("key", value.unit().getKey());
    facts.put("value", value.name());
    facts.put("recorded", value.recorded());
    facts.put("reproduced", value.reproduced());
    facts.put(
        "relative_difference", Double.isInfinite(value.difference()) ? null : value.difference());
    facts.put("within_tolerance", !isOutside(value));
    return facts;
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
