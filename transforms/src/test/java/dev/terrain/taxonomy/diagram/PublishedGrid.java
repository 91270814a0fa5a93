package dev.terrain.taxonomy.diagram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The grid that the study's authors released (arXiv 2107.11228; numbers: repository
 * YefanZhou/ModelDiagnosis, MIT licence): ResNet18 on CIFAR-10, clean labels, constant learning
 * rate, mean of five runs; 13 widths x 13 batch sizes at all of the data.
 */
public final class PublishedGrid {
  private PublishedGrid() {}

  /** The 169 cells; logarithms of the file are undone. */
  public static Diagram fullData() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                PublishedGrid.class.getResourceAsStream("/dev/terrain/taxonomy/published-grid.csv"),
                StandardCharsets.UTF_8))) {
      return of("", lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cells of lines of such a file, its header first. */
  public static Diagram of(String name, List<String> lines) {
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<Diagram.Entry> entries = new ArrayList<>();
    TreeSet<Double> widths = new TreeSet<>();
    TreeSet<Double> batches = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      Map<String, Double> row = new HashMap<>();
      String[] fields = line.split(",", -1);
      for (int i = 0; i < fields.length; i++) {
        row.put(header.get(i), Double.valueOf(fields[i]));
      }
      widths.add(row.get("width"));
      batches.add(row.get("batch_size"));
      entries.add(entry(row));
    }
    return Diagram.of(
        name,
        new DiagramAxis("width", List.copyOf(widths), false),
        new DiagramAxis("batch_size", List.copyOf(batches), false),
        entries);
  }

  private static Diagram.Entry entry(Map<String, Double> row) {
    Map<String, CellValue> values = new HashMap<>();
    values.put("train_loss", CellValue.of(row.get("train_loss")));
    values.put("train_accuracy", CellValue.of(row.get("train_acc")));
    values.put("test_accuracy", CellValue.of(row.get("test_acc")));
    values.put("test_loss", CellValue.of(row.get("test_loss")));
    values.put("hessian_top_eigenvalue", CellValue.of(Math.exp(row.get("log_top_eig"))));
    values.put("hessian_trace", CellValue.of(Math.exp(row.get("log_trace"))));
    values.put("mode_connectivity", CellValue.of(row.get("mc_train_err_pct")));
    values.put("cka", CellValue.of(row.get("cka_softmax")));
    double width = row.get("width");
    double batch = row.get("batch_size");
    String id = "w%.0f-b%.0f".formatted(width, batch);
    return new Diagram.Entry(id, width, batch, values);
  }
}
