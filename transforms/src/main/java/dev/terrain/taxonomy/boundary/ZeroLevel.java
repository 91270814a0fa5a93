package dev.terrain.taxonomy.boundary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The zero level of a function on a lattice as lines (marching squares): each piece ends at the rim
 * of the domain or closes. A square whose corners alternate is cut by the sign of their mean.
 */
final class ZeroLevel {
  private final double[][] values;
  private final Lattice lattice;
  private final Map<Integer, double[]> points = new HashMap<>();
  private final Map<Integer, List<Integer>> neighbours = new TreeMap<>();

  private ZeroLevel(double[][] values, Lattice lattice) {
    this.values = values;
    this.lattice = lattice;
  }

  /** The pieces, each a list of (column position, row position); a closed one repeats its first. */
  static List<List<double[]>> of(double[][] values, Lattice lattice) {
    ZeroLevel level = new ZeroLevel(values, lattice);
    for (int r = 0; r + 1 < values.length; r++) {
      for (int c = 0; c + 1 < values[0].length; c++) {
        if (level.isInside(r, c)) {
          level.cut(r, c);
        }
      }
    }
    return level.pieces();
  }

  private boolean isInside(int r, int c) {
    boolean[][] domain = lattice.domain();
    return domain[r][c] && domain[r][c + 1] && domain[r + 1][c] && domain[r + 1][c + 1];
  }

  private void cut(int r, int c) {
    boolean here = values[r][c] > 0;
    List<Integer> edges = new ArrayList<>();
    if (here != values[r][c + 1] > 0) {
      edges.add(edge(r, c, true));
    }
    if (values[r][c + 1] > 0 != values[r + 1][c + 1] > 0) {
      edges.add(edge(r, c + 1, false));
    }
    if (values[r + 1][c] > 0 != values[r + 1][c + 1] > 0) {
      edges.add(edge(r + 1, c, true));
    }
    if (here != values[r + 1][c] > 0) {
      edges.add(edge(r, c, false));
    }
    if (edges.size() == 2) {
      join(edges.get(0), edges.get(1));
    } else if (edges.size() == 4) {
      double mean = values[r][c] + values[r][c + 1] + values[r + 1][c] + values[r + 1][c + 1];
      int shift = mean > 0 == here ? 0 : 1;
      join(edges.get(0), edges.get(1 + 2 * shift));
      join(edges.get(2), edges.get(3 - 2 * shift));
    }
  }

  private int edge(int r, int c, boolean along) {
    int columns = values[0].length;
    int id = 2 * (r * columns + c) + (along ? 0 : 1);
    points.computeIfAbsent(
        id,
        key -> {
          double first = values[r][c];
          double second = along ? values[r][c + 1] : values[r + 1][c];
          double share = first / (first - second) * lattice.step();
          return new double[] {
            lattice.columns()[c] + (along ? share : 0), lattice.rows()[r] + (along ? 0 : share)
          };
        });
    return id;
  }

  private void join(int a, int b) {
    neighbours.computeIfAbsent(a, key -> new ArrayList<>()).add(b);
    neighbours.computeIfAbsent(b, key -> new ArrayList<>()).add(a);
  }

  private List<List<double[]>> pieces() {
    Set<Integer> taken = new HashSet<>();
    List<List<double[]>> pieces = new ArrayList<>();
    for (boolean open : new boolean[] {true, false}) {
      for (Map.Entry<Integer, List<Integer>> start : neighbours.entrySet()) {
        if (!taken.contains(start.getKey()) && (!open || start.getValue().size() == 1)) {
          pieces.add(trace(start.getKey(), !open, taken));
        }
      }
    }
    return pieces;
  }

  private List<double[]> trace(int start, boolean closes, Set<Integer> taken) {
    Deque<Integer> path = new ArrayDeque<>();
    Integer now = start;
    while (now != null) {
      path.addLast(now);
      taken.add(now);
      now =
          neighbours.getOrDefault(now, List.of()).stream()
              .filter(next -> !taken.contains(next))
              .findFirst()
              .orElse(null);
    }
    if (closes) {
      path.addLast(start);
    }
    List<double[]> piece = new ArrayList<>();
    for (int id : path) {
      double[] point = points.get(id);
      if (point != null) {
        piece.add(point);
      }
    }
    return piece;
  }
}
