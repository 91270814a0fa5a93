package dev.terrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terrain.v1.Axis;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.TaxonomySettings;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Small studies, and their figures parsed by the JDK's XML parser. */
final class ReportFixture {

  static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private static final Pattern SCRIPT = Pattern.compile("<script.*?</script>", Pattern.DOTALL);

  private ReportFixture() {}

  static Axis axis(String setting, String... values) {
    return Axis.newBuilder().setSetting(setting).setValues(List.of(values)).build();
  }

  static Sweep plan(String name, Axis load, Axis temperature, Axis... others) {
    return Sweep.newBuilder()
        .setName(name)
        .setBase(ModelSpec.newBuilder().build())
        .setLoad(load)
        .setTemperature(temperature)
        .setOtherAxes(List.of(others))
        .setSeeds(List.of(0L, 1L, 2L))
        .setMetrics(List.of("losses"))
        .setTaxonomy(TaxonomySettings.newBuilder().build())
        .build();
  }

  /** A row of the table that carries its place only. */
  static Cell.Builder place(double load, double temperature) {
    return Cell.newBuilder()
        .setCellId("cell")
        .setSweep("sweep")
        .setLoadSetting("width")
        .setLoadValue(load)
        .setTemperatureSetting("batch_size")
        .setTemperatureValue(temperature)
        .setNModels(3)
        .setNDiverged(0)
        .setNPairs(3)
        .setRevision(0)
        .setComputedAt(NOW);
  }

  /** A row with every charted metric. */
  static Cell.Builder cell(double load, double temperature) {
    return place(load, temperature)
        .setTrainLossMean(0.002)
        .setTrainLossStd(0.0001)
        .setTestAccuracyMean(80 + load / 10)
        .setTestAccuracyStd(0.5)
        .setHessianTopEigenvalueMean(20.0)
        .setHessianTraceMean(Math.exp(5.25))
        .setModeConnectivityMean(-0.5)
        .setCkaMean(0.7)
        .setL2DistanceMean(46.9)
        .setPhase("IV-B")
        .setPhaseConfidence(0.97)
        .setPhaseReason("train_loss 0.002 < 0.01");
  }

  /** A summary of a metric over the three models of a cell. */
  static CellMetric.Builder metric(Cell cell, String metric, String variant, double mean) {
    return CellMetric.newBuilder()
        .setCellId(cell.getCellId())
        .setSweep(cell.getSweep())
        .setLoadSetting(cell.getLoadSetting())
        .setLoadValue(cell.getLoadValue())
        .setTemperatureSetting(cell.getTemperatureSetting())
        .setTemperatureValue(cell.getTemperatureValue())
        .setSlice(cell.getSlice())
        .setMetric(metric)
        .setVariant(variant)
        .setUnit("nats")
        .setSummary("mean over models")
        .setN(3)
        .setNNotConverged(0)
        .setNWithoutValue(0)
        .setMean(mean)
        .setRevision(0)
        .setComputedAt(NOW);
  }

  static Failure failure(String message) {
    return Failure.newBuilder()
        .setStage("train")
        .setModelId("m")
        .setExceptionClass("java.lang.IllegalStateException")
        .setMessage(message)
        .setAttempt(1)
        .setFailedAt(NOW)
        .build();
  }

  static Report report(Sweep plan, Cell... cells) {
    return Report.of(plan, List.of(cells), List.of(), List.of(), List.of(), NOW);
  }

  /** The data of a page, parsed. */
  static JsonNode data(String html) throws Exception {
    Matcher element = DATA.matcher(html);
    assertThat(element.find()).isTrue();
    return new ObjectMapper().readTree(element.group(1));
  }

  /** A page without what its scripts and their data hold. */
  static String markup(String html) {
    return SCRIPT.matcher(html).replaceAll("<script/>");
  }

  /** The data of the cell at a column and a row of a page's first diagram. */
  static JsonNode cellAt(JsonNode data, int column, int row) {
    for (JsonNode cell : data.at("/diagrams/0/cells")) {
      if (cell.get("column").asInt() == column && cell.get("row").asInt() == row) {
        return cell;
      }
    }
    throw new AssertionError("no cell at column " + column + ", row " + row);
  }

  static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  /** Contents of all elements of a name, in the order of the document. */
  static List<String> contents(String svg, String element) throws Exception {
    NodeList nodes = parse(svg).getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  /** Contents of the texts that have an attribute's value, in the order of the document. */
  static List<String> texts(String svg, String attribute, String value) throws Exception {
    NodeList nodes = parse(svg).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element text = (Element) nodes.item(i);
      if (text.getAttribute(attribute).equals(value)) {
        texts.add(text.getTextContent());
      }
    }
    return texts;
  }

  /** The first tooltip that begins with a place. */
  static String tooltip(String svg, String place) throws Exception {
    return contents(svg, "title").stream()
        .filter(title -> title.startsWith(place + "\n"))
        .findFirst()
        .orElseThrow();
  }

  /** The colour of the tile at a place. */
  static String fill(String svg, String place) throws Exception {
    NodeList titles = parse(svg).getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().startsWith(place + "\n")) {
        return ((Element) titles.item(i).getNextSibling()).getAttribute("fill");
      }
    }
    throw new AssertionError("no tile at " + place);
  }
}
