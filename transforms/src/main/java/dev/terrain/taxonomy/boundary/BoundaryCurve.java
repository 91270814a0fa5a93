package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A boundary of any shape in the plane of load and temperature, with its band.
 *
 * <p>The sides of the cells are taken as noisy looks at the sign of a smooth function of the place
 * (logistic regression on a plane and a Gaussian process, see {@code SmoothPosterior}; nothing is
 * supposed of the boundary's shape). With the oriented distance to the zero level of each draw of
 * that function, positive on the positive side, the boundary is the zero level of the mean oriented
 * distance, and the band is where that mean is less than c standard deviations from 0; c is such
 * that with posterior probability .95 at least .98 of the whole boundary lies in the band. This
 * makes the band wider than the places where either side has a probability below .95 one by one: a
 * curve has many places to leave a band.
 *
 * <p>Positions are those of {@link DiagramAxis#position}: grid steps, counted from the lowest value
 * of each axis. Curves and bands end at the outer cell centres.
 */
public final class BoundaryCurve {
  private final DiagramAxis load;
  private final DiagramAxis temperature;
  private final Lattice lattice;
  private final BandFit band;
  private final SmoothPosterior posterior;
  private final List<List<PlanePoint>> pieces;
  private final Map<String, CellDistance> distances;

  BoundaryCurve(
      DiagramAxis load,
      DiagramAxis temperature,
      Lattice lattice,
      BandFit band,
      SmoothPosterior posterior,
      Map<String, CellDistance> distances) {
    this.load = load;
    this.temperature = temperature;
    this.lattice = lattice;
    this.band = band;
    this.posterior = posterior;
    this.distances = Map.copyOf(distances);
    this.pieces =
        ZeroLevel.of(band.mean(), lattice).stream()
            .map(
                piece ->
                    piece.stream().map(p -> PlanePoint.at(load, temperature, p[0], p[1])).toList())
            .toList();
  }

  /** The lines it consists of; a closed one repeats its first point. Never empty. */
  public List<List<PlanePoint>> pieces() {
    return pieces;
  }

  /** The band in each column: ranges of the temperature axis. */
  public List<LineBand> bandByColumn() {
    List<LineBand> lines = new ArrayList<>();
    for (int line = 0; line < load.size(); line++) {
      int column = line * lattice.perStep();
      List<AxisRange> ranges = new ArrayList<>();
      for (double[] r : ranges(lattice.rows(), column, false)) {
        ranges.add(range(temperature, r));
      }
      lines.add(new LineBand(line, load.values().get(line), ranges));
    }
    return lines;
  }

  /** The band in each row: ranges of the load axis. */
  public List<LineBand> bandByRow() {
    List<LineBand> lines = new ArrayList<>();
    for (int line = 0; line < temperature.size(); line++) {
      int row = line * lattice.perStep();
      List<AxisRange> ranges = new ArrayList<>();
      for (double[] r : ranges(lattice.columns(), row, true)) {
        ranges.add(range(load, r));
      }
      lines.add(new LineBand(line, temperature.values().get(line), ranges));
    }
    return lines;
  }

  /** Width of the band: its area over the length of the boundary, in grid steps. */
  public double meanBandWidth() {
    int inside = 0;
    for (int r = 0; r < lattice.rows().length; r++) {
      for (int c = 0; c < lattice.columns().length; c++) {
        inside += lattice.domain()[r][c] && band.score(r, c) <= 1 ? 1 : 0;
      }
    }
    double length = 0;
    for (List<PlanePoint> piece : pieces) {
      for (int i = 1; i < piece.size(); i++) {
        length +=
            Math.hypot(
                piece.get(i).column() - piece.get(i - 1).column(),
                piece.get(i).row() - piece.get(i - 1).row());
      }
    }
    return inside * lattice.step() * lattice.step() / length;
  }

  /** The places that can be looked up, positions on the load axis, ascending. */
  public double[] latticeColumns() {
    return lattice.columns().clone();
  }

  /** The places that can be looked up, positions on the temperature axis, ascending. */
  public double[] latticeRows() {
    return lattice.rows().clone();
  }

  /**
   * Whether a lattice node is in the band; false outside the cells that have a say, as phase IV of
   * a crossover.
   *
   * @param column index into {@link #latticeColumns()}
   * @param row index into {@link #latticeRows()}
   */
  public boolean isInBand(int column, int row) {
    return lattice.domain()[row][column] && band.score(row, column) <= 1;
  }

  /**
   * The posterior probability that a lattice node is on the positive side; empty outside the cells
   * that have a say.
   */
  public Optional<Double> probability(int column, int row) {
    return lattice.domain()[row][column]
        ? Optional.of(band.probability()[row][column])
        : Optional.empty();
  }

  /** How a cell lies to the boundary; empty if it has no say. */
  public Optional<CellDistance> distance(String cellId) {
    return Optional.ofNullable(distances.get(cellId));
  }

  /** By cell id, for the cells that have a say. */
  public Map<String, CellDistance> distances() {
    return distances;
  }

  SmoothPosterior posterior() {
    return posterior;
  }

  double factor() {
    return band.factor();
  }

  Lattice lattice() {
    return lattice;
  }

  DiagramAxis load() {
    return load;
  }

  DiagramAxis temperature() {
    return temperature;
  }

  private static AxisRange range(DiagramAxis axis, double[] ends) {
    return new AxisRange(
        ends[0], ends[1], PlanePoint.value(axis, ends[0]), PlanePoint.value(axis, ends[1]));
  }

  private List<double[]> ranges(double[] positions, int line, boolean isRow) {
    List<double[]> ranges = new ArrayList<>();
    boolean isInside = false;
    for (int i = 0; i < positions.length; i++) {
      boolean now = isRow ? isInBand(i, line) : isInBand(line, i);
      if (now != isInside) {
        double at = i == 0 ? positions[0] : edge(positions, line, isRow, i);
        if (now) {
          ranges.add(new double[] {at, positions[positions.length - 1]});
        } else {
          ranges.get(ranges.size() - 1)[1] = at;
        }
      }
      isInside = now;
    }
    return ranges;
  }

  /**
   * Where the score passes 1 between two lattice nodes; at the rim of the domain, the node in it.
   */
  private double edge(double[] positions, int line, boolean isRow, int i) {
    int row = isRow ? line : i;
    int column = isRow ? i : line;
    int rowBefore = isRow ? line : i - 1;
    int columnBefore = isRow ? i - 1 : line;
    if (!lattice.domain()[row][column]) {
      return positions[i - 1];
    }
    if (!lattice.domain()[rowBefore][columnBefore]) {
      return positions[i];
    }
    double before = band.score(rowBefore, columnBefore);
    double after = band.score(row, column);
    double share = (1 - before) / (after - before);
    return positions[i - 1] + Math.min(Math.max(share, 0), 1) * lattice.step();
  }
}
