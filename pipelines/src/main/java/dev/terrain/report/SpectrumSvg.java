package dev.terrain.report;

import dev.terrain.v1.Spectrum;
import java.util.List;

/**
 * Draws the spectrum of one model as a stand-alone SVG document: its smoothed density on a
 * logarithmic scale with ticks at the eigenvalues of both ends, and below it the band of the
 * cumulative distribution.
 */
final class SpectrumSvg {
  private static final double LEFT = 52;
  private static final double WIDTH = 560;
  private static final double TOP = 44;
  private static final double DENSITY = 150;
  private static final double CDF_TOP = TOP + DENSITY + 22;
  private static final double CDF = 70;
  private static final double BOTTOM = CDF_TOP + CDF;
  private static final String LINE = "#3d74c4";
  private static final String END = "#c0392b";

  /** Orders of magnitude below its peak that the density is drawn to. */
  private static final int DECADES = 8;

  private final SpectrumChoice.Shown shown;
  private final Spectrum spectrum;
  private final double from;
  private final double to;
  private final Svg svg = new Svg();

  private SpectrumSvg(SpectrumChoice.Shown shown) {
    this.shown = shown;
    this.spectrum = shown.spectrum();
    List<Double> grid = spectrum.getDensityGrid();
    this.from = grid.get(0);
    this.to = grid.get(grid.size() - 1);
  }

  static String draw(SpectrumChoice.Shown shown) {
    return new SpectrumSvg(shown).draw();
  }

  private String draw() {
    double width = LEFT + WIDTH + 14;
    double height = BOTTOM + 44;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-label",
        "Spectrum of " + shown.where(),
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + Svg.number(width) + " " + Svg.number(height),
        "font-family",
        HeatMapSvg.FONT,
        "font-size",
        11.5,
        "fill",
        "currentColor");
    svg.text("text", shown.where(), "x", 2, "y", 16, "font-size", 14.5, "font-weight", 650);
    svg.text("text", subtitle(), "x", 2, "y", 33, "fill-opacity", 0.72);
    drawFrames();
    drawDensity();
    drawEnds(spectrum.getUpperEigenvalues(), spectrum.getUpperResiduals());
    drawEnds(spectrum.getLowerEigenvalues(), spectrum.getLowerResiduals());
    drawCumulative();
    return svg.close().document();
  }

  private String subtitle() {
    String model = spectrum.getModelId();
    return "%s of model %s, %s parameters%s, %s images; smoothed by %s"
        .formatted(
            spectrum.getOperator().replace('_', ' '),
            model.substring(0, Math.min(12, model.length())),
            spectrum.getNParameters(),
            spectrum.getParameters() == null ? "" : " (" + spectrum.getParameters() + ")",
            spectrum.getNExamples(),
            Decimal.significant(spectrum.getDensityWidth(), 2));
  }

  private void drawFrames() {
    frame(TOP, DENSITY);
    frame(CDF_TOP, CDF);
    double step = step(to - from);
    for (double tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      double x = x(tick);
      svg.leaf(
          "path",
          "d",
          "M" + Svg.number(x) + " " + Svg.number(BOTTOM) + "v4",
          "stroke",
          "currentColor");
      String label = Decimal.plain(Math.abs(tick) < step / 2 ? 0 : tick);
      svg.text("text", label, "x", x, "y", BOTTOM + 17, "text-anchor", "middle");
    }
    svg.text(
        "text",
        "eigenvalue",
        "x",
        LEFT + WIDTH / 2,
        "y",
        BOTTOM + 35,
        "text-anchor",
        "middle",
        "font-weight",
        500);
    svg.text("text", "1", "x", LEFT - 6, "y", CDF_TOP + 9, "text-anchor", "end");
    svg.text("text", "0", "x", LEFT - 6, "y", BOTTOM, "text-anchor", "end");
    svg.text("text", "share", "x", LEFT - 6, "y", CDF_TOP + CDF / 2 + 4, "text-anchor", "end");
  }

  private void frame(double top, double height) {
    svg.leaf(
        "rect",
        "x",
        LEFT,
        "y",
        top,
        "width",
        WIDTH,
        "height",
        height,
        "fill",
        "none",
        "stroke",
        "currentColor",
        "stroke-opacity",
        0.3);
  }

  private void drawDensity() {
    double largest = spectrum.getDensityValues().stream().mapToDouble(v -> v).max().orElse(1);
    double top = Math.ceil(Math.log10(largest));
    for (int decade = 0; decade <= DECADES; decade += 2) {
      double y = TOP + DENSITY * decade / DECADES;
      svg.text(
          "text",
          "1e" + Decimal.plain(top - decade),
          "x",
          LEFT - 6,
          "y",
          y + 4,
          "text-anchor",
          "end");
    }
    StringBuilder path = new StringBuilder();
    boolean drawn = false;
    for (int i = 0; i < spectrum.getDensityGrid().size(); i++) {
      double below = top - Math.log10(spectrum.getDensityValues().get(i));
      boolean visible = below <= DECADES;
      if (visible) {
        path.append(drawn ? 'L' : 'M')
            .append(Svg.number(x(spectrum.getDensityGrid().get(i))))
            .append(' ')
            .append(Svg.number(TOP + DENSITY * below / DECADES));
      }
      drawn = visible;
    }
    svg.leaf("path", "d", path, "fill", "none", "stroke", LINE, "stroke-width", 1.8);
  }

  private void drawEnds(List<Double> values, List<Double> residuals) {
    for (int i = 0; i < values.size(); i++) {
      svg.open("g");
      svg.text(
          "title",
          "eigenvalue "
              + Decimal.significant(values.get(i), 5)
              + ", residual "
              + Decimal.significant(residuals.get(i), 2));
      svg.leaf(
          "path",
          "d",
          "M" + Svg.number(x(values.get(i))) + " " + Svg.number(TOP + DENSITY) + "v-14",
          "stroke",
          END,
          "stroke-width",
          2);
      svg.close();
    }
  }

  private void drawCumulative() {
    List<Double> points = spectrum.getCdfPoints();
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      append(band, i == 0, points.get(i), spectrum.getCdfUpper().get(i));
      append(line, i == 0, points.get(i), spectrum.getCdfShares().get(i));
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      append(band, false, points.get(i), spectrum.getCdfLower().get(i));
    }
    svg.leaf("path", "d", band.append('Z'), "fill", LINE, "fill-opacity", 0.25);
    svg.leaf("path", "d", line, "fill", "none", "stroke", LINE, "stroke-width", 1.4);
  }

  private void append(StringBuilder path, boolean first, double eigenvalue, double share) {
    path.append(first ? 'M' : 'L')
        .append(Svg.number(x(eigenvalue)))
        .append(' ')
        .append(Svg.number(BOTTOM - CDF * share));
  }

  private double x(double eigenvalue) {
    return LEFT + WIDTH * (eigenvalue - from) / (to - from);
  }

  /** The step of about six ticks: 1, 2 or 5 times a power of ten. */
  private static double step(double span) {
    double raw = span / 6;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double factor = raw / power;
    return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }
}
