package dev.terrain.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts of a page and their data, in a form that may stand inside of the page. */
final class PageScripts {
  /** Version of the library that draws the charts. */
  static final String CHARTS_VERSION = "5.5.0";

  /** Draws the charts: Apache ECharts, from its archive on the class path. */
  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/" + CHARTS_VERSION + "/echarts.min.js";

  /** In the order in which they build upon each other. */
  private static final List<String> OWN =
      List.of(
          "base.js",
          "model.js",
          "charts.js",
          "figures.js",
          "cell.js",
          "maps.js",
          "compare.js",
          "findings.js",
          "table.js",
          "page.js");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PageScripts() {}

  /** The library of the charts. */
  static String charts() {
    return text(CHARTS);
  }

  /** The page's own scripts, one after the other. */
  static String own() {
    return OWN.stream()
        .map(name -> text("/dev/terrain/report/report-" + name))
        .collect(Collectors.joining("\n"));
  }

  /** Size of a text in UTF-8, such as {@code 1.03 MB} (10⁶ bytes) or {@code 64.6 kB}. */
  static String size(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes < 1_000_000
        ? Decimal.significant(bytes / 1e3, 3) + " kB"
        : Decimal.significant(bytes / 1e6, 3) + " MB";
  }

  /**
   * Data as JSON without a character that could end or change the element that it stands in. No
   * number in it may be infinite or undefined: JSON has none.
   */
  static String json(PageData data) {
    try {
      return JSON.writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u007f", "\\u007f")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("data of the page: " + e.getMessage(), e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = PageScripts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
