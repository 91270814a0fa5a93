package dev.terrain.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The test classes of a build that took the longest, from the reports that it left. */
final class SlowestTestClasses {
  private static final int SHOWN = 10;

  /** What one test class took. */
  record TestClass(String name, double seconds) {}

  private final List<TestClass> classes;

  private SlowestTestClasses(List<TestClass> classes) {
    this.classes = classes;
  }

  /** {@code ROOT SINCE}: the folder of the build's modules, and when the build began. */
  public static void main(String[] words) throws IOException {
    of(Path.of(words[0]), Instant.parse(words[1])).print(System.out);
  }

  /** Reads the reports of all modules that are not older than the build. */
  static SlowestTestClasses of(Path root, Instant since) throws IOException {
    List<TestClass> classes = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.toList()) {
        for (String reports : List.of("surefire-reports", "failsafe-reports")) {
          classes.addAll(read(module.resolve("target").resolve(reports), since));
        }
      }
    }
    classes.sort(Comparator.comparingDouble(TestClass::seconds).reversed());
    return new SlowestTestClasses(classes);
  }

  private static List<TestClass> read(Path folder, Instant since) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<TestClass> classes = new ArrayList<>();
    try (Stream<Path> reports = Files.list(folder)) {
      for (Path report : reports.filter(SlowestTestClasses::isReport).toList()) {
        if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
          classes.add(read(report));
        }
      }
    }
    return classes;
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("TEST-") && name.endsWith(".xml");
  }

  private static TestClass read(Path report) throws IOException {
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(in);
      xml.nextTag();
      return new TestClass(
          xml.getAttributeValue(null, "name"),
          Double.parseDouble(xml.getAttributeValue(null, "time")));
    } catch (XMLStreamException e) {
      throw new IOException("cannot read the test report " + report, e);
    }
  }

  /** The slowest first. */
  List<TestClass> slowest() {
    return classes.subList(0, Math.min(SHOWN, classes.size()));
  }

  void print(PrintStream out) {
    double total = classes.stream().mapToDouble(TestClass::seconds).sum();
    out.printf(
        Locale.ROOT, "the slowest of %d test classes, which took %.0f s:%n", classes.size(), total);
    for (TestClass one : slowest()) {
      out.printf(Locale.ROOT, "%8.1f s  %s%n", one.seconds(), one.name());
    }
  }
}
