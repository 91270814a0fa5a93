package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.inspection.Comparison;
import dev.terrain.inspection.Comparison.MetricPair;
import dev.terrain.inspection.Comparison.TextPair;
import dev.terrain.inspection.StudySubject;
import dev.terrain.ledger.Ledger;
import dev.terrain.run.Study;
import dev.terrain.run.SweepRun;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.ImportedStudy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code terrain diff}: what two models or cells differ in. */
@Command(
    name = "diff",
    description =
        "Compares two models or cells: settings, what computed them, and metrics; of one study, or"
            + " of two, such as those of two machines.")
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StudiedSweep study;
  @Mixin private DataOption data;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "Id of a model or of a cell; its first digits are enough, four at least. Or settings:"
              + " 'width=4, batch_size=32', with 'seed 1' for a model.")
  private String first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "The other one. Default, for two studies: the same id.")
  private String second;

  @Option(
      names = "--with",
      paramLabel = "STUDY",
      description = "Study of the other one. Default: the same.")
  private String otherStudy;

  @Option(names = "--json", description = "Print facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (second == null && otherStudy == null) {
      throw new IllegalArgumentException("B is needed, or another study: --with STUDY");
    }
    if (isImported()) {
      return diffCells();
    }
    SweepRun run = study.open(data.location());
    SweepRun other = otherStudy == null ? run : openOther();
    StudySubject a = StudySubject.find(run, first);
    StudySubject b = StudySubject.find(other, second == null ? first : second);
    if (a.kind() != b.kind() || a.kind() == StudySubject.Kind.UNIT) {
      throw new IllegalArgumentException(
          "A (%s) and B (%s) must be two models or two cells".formatted(describe(a), describe(b)));
    }
    Comparison comparison = Comparison.of(a, new Ledger(run.store()), b, new Ledger(other.store()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(a, b, comparison, out);
    } else {
      print(comparison, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private boolean isImported() throws IOException {
    return ImportedStudy.find(study.store()).isPresent()
        || (otherStudy != null && ImportedStudy.find(otherStore()).isPresent());
  }

  private ObjectStore otherStore() {
    return ObjectStores.open(study.through(LocalFolder.check("--with", otherStudy)));
  }

  private int diffCells() throws IOException {
    ChartedStudy one = study.chart(spec.commandLine().getErr());
    ChartedStudy other = otherStudy == null ? one : ChartedStudies.open(otherStore());
    ImportedDiff diff = new ImportedDiff(one, first, other, second == null ? first : second);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      diff.printJson(out);
    } else {
      diff.print(out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private SweepRun openOther() throws IOException {
    return new Study(new StudyAddress(LocalFolder.check("--with", otherStudy), data.location()))
        .currentAsPlanned()
        .orElseThrow(() -> new FileNotFoundException(otherStudy + " holds no plan.json"));
  }

  private static String describe(StudySubject subject) {
    return subject.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + subject.id();
  }

  private static void print(Comparison comparison, PrintWriter out) {
    print("settings", comparison.settings(), out);
    print("provenance", comparison.provenance(), out);
    out.printf("%-34s %22s %22s %12s%n", "metric", "A", "B", "B - A");
    for (MetricPair metric : comparison.metrics()) {
      out.printf(
          "%-34s %22s %22s %12s%n",
          metric.name(),
          text(metric.first()),
          text(metric.second()),
          metric.difference() == null ? "-" : "%.4g".formatted(metric.difference()));
    }
  }

  private static void print(String title, List<TextPair> pairs, PrintWriter out) {
    out.println(pairs.isEmpty() ? title + ": the same" : title);
    for (TextPair pair : pairs) {
      out.printf("  %-30s %s -> %s%n", pair.name(), pair.first(), pair.second());
    }
  }

  private static String text(Comparison.Values values) {
    if (values.mean() == null) {
      return "-";
    }
    return values.deviation() == null
        ? "%.6g".formatted(values.mean())
        : "%.6g (sd %.2g, %d)".formatted(values.mean(), values.deviation(), values.n());
  }

  private static void printJson(
      StudySubject a, StudySubject b, Comparison comparison, PrintWriter out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", a.kind());
    facts.put("a", a.id());
    facts.put("b", b.id());
    facts.put("settings", comparison.settings());
    facts.put("provenance", comparison.provenance());
    facts.put("metrics", comparison.metrics());
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }
}
