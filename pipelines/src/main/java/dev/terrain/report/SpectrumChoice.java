package dev.terrain.report;

import dev.terrain.diagrams.SliceOrder;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Spectrum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses the spectra that a report shows, one model of a cell and so few cells that the page stays
 * small: the trained model with the smallest seed, of cells that are spread evenly over the grid
 * where there are more than {@value #LIMIT}. The table has all others.
 */
public final class SpectrumChoice {
  /** Spectra on a page at most. */
  static final int LIMIT = 60;

  /**
   * A spectrum with its cell.
   *
   * @param where the place of the cell in the grid, in words
   */
  record Shown(String where, Spectrum spectrum) {}

  private final int cells;
  private final Map<String, Cell> chosen = new LinkedHashMap<>();
  private final Map<String, Spectrum> spectra = new HashMap<>();

  private SpectrumChoice(int cells) {
    this.cells = cells;
  }

  /** No spectrum. */
  static SpectrumChoice none() {
    return new SpectrumChoice(0);
  }

  /**
   * Chooses among the models of a study.
   *
   * @param cells rows of the table of cells
   * @param models rows of the table of models
   */
  public static SpectrumChoice of(Collection<Cell> cells, Collection<Model> models) {
    Map<String, Model> first = new HashMap<>();
    for (Model model : models) {
      if (model.getStatus() == ModelStatus.TRAINED) {
        first.merge(model.getCellId(), model, (a, b) -> a.getSeed() <= b.getSeed() ? a : b);
      }
    }
    List<Cell> measured =
        new ArrayList<>(
            cells.stream()
                .filter(cell -> first.containsKey(cell.getCellId()))
                .sorted(
                    Comparator.comparing(
                            (Cell cell) -> Objects.requireNonNullElse(cell.getSlice(), ""),
                            new SliceOrder())
                        .thenComparing(Cell::getLoadValue)
                        .thenComparing(Cell::getTemperatureValue))
                .toList());
    SpectrumChoice choice = new SpectrumChoice(measured.size());
    int shown = Math.min(LIMIT, measured.size());
    for (int i = 0; i < shown; i++) {
      Cell cell = measured.get((int) ((long) i * measured.size() / shown));
      choice.chosen.put(Objects.requireNonNull(first.get(cell.getCellId())).getModelId(), cell);
    }
    return choice;
  }

  /** Keeps a row of the table of spectra if its model is chosen. */
  public void offer(Spectrum spectrum) {
    if (chosen.containsKey(spectrum.getModelId()) && !spectrum.getDensityGrid().isEmpty()) {
      spectra.put(spectrum.getModelId(), spectrum);
    }
  }

  /** The spectra of the chosen models, in the order of the cells. */
  List<Shown> shown() {
    return chosen.entrySet().stream()
        .flatMap(
            entry ->
                Optional.ofNullable(spectra.get(entry.getKey())).stream()
                    .map(spectrum -> new Shown(where(entry.getValue()), spectrum)))
        .toList();
  }

  /** Cells with a trained model that are not among the chosen. */
  int unshown() {
    return cells - chosen.size();
  }

  private static String where(Cell cell) {
    String place =
        cell.getLoadSetting().replace('_', ' ')
            + " "
            + Decimal.plain(cell.getLoadValue())
            + ", "
            + cell.getTemperatureSetting().replace('_', ' ')
            + " "
            + Decimal.plain(cell.getTemperatureValue());
    return cell.getSlice() == null ? place : cell.getSlice() + ", " + place;
  }
}
