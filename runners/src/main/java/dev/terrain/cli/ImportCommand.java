package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.imports.GridImport;
import dev.terrain.imports.ImportSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain import}: somebody else's grid as a study. */
@Command(
    name = "import",
    description =
        "Turns somebody else's grid, a table in CSV, into a study of cells, which is classified and"
            + " reported like those of runs. A mapping says what its columns mean; nothing is"
            + " guessed.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "GRID",
      description =
          "Table in CSV, one row a cell, a run, or a run and epoch: a path or a gs://"
              + " address.")
  private String grid;

  @Option(
      names = "--mapping",
      paramLabel = "MAPPING",
      required = true,
      description =
          "YAML file that says what the columns mean: a path or a gs:// address; examples are in"
              + " examples/import.")
  private String mapping;

  @Mixin private StudyOption study;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ImportSummary summary =
        new GridImport(study.store()).run(study.through(grid), study.through(mapping));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(facts(summary)));
    } else {
      print(summary, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void print(ImportSummary summary, PrintWriter out) {
    out.printf(
        "%s: %s of %s in %s%s%n",
        summary.name(),
        count(summary.cells(), "cell"),
        count(summary.rows(), "row"),
        count(summary.diagrams(), "diagram"),
        summary.runs() == 0 ? "" : " (" + count(summary.runs(), "run") + ")");
    out.println(
        summary.phases().entrySet().stream()
            .map(phase -> "phase " + phase.getKey() + ": " + phase.getValue())
            .collect(Collectors.joining(", ")));
    summary.conversions().forEach(sentence -> out.println("converted: " + sentence));
    summary.notes().forEach(sentence -> out.println("note: " + sentence));
  }

  private static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private Map<String, Object> facts(ImportSummary summary) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("study", study.address());
    facts.put("name", summary.name());
    facts.put("rows", summary.rows());
    facts.put("runs", summary.runs());
    facts.put("cells", summary.cells());
    facts.put("diagrams", summary.diagrams());
    facts.put("phases", summary.phases());
    facts.put("conversions", summary.conversions());
    facts.put("notes", summary.notes());
    return facts;
  }
}
