package dev.terrain.taxonomy.claim;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a quantity rises with a setting when all else is held: of the pairs of cells that differ
 * in the setting alone, how many have the quantity in the same order (C) and how many in the
 * opposite order (D); equal values count for neither. This is Kendall's statistic C - D, summed
 * over ladders.
 *
 * <p>Its chance is the probability of |C - D| at least as large if the quantity had nothing to do
 * with the setting: the share of {@value #DRAWS} random orders of the quantity within each ladder
 * that reach it. Below {@value #SIGNIFICANT} the quantity is said to rise, or fall.
 *
 * @param setting name of the setting
 * @param quantity name of the quantity
 * @param ladders those of which at least two cells have the quantity
 * @param rising C
 * @param falling D
 * @param chance in (0, 1]
 */
record OrderedTrend(
    String setting,
    String quantity,
    List<List<Rung>> ladders,
    long rising,
    long falling,
    double chance) {
  /** Chances below it are taken as none. */
  static final double SIGNIFICANT = 0.05;

  private static final int DRAWS = 1000;

  /** Looks how a quantity goes with the setting of ladders; null values are left out. */
  static OrderedTrend of(Ladders ladders, String quantity, Function<Rung, @Nullable Double> value) {
    Ladders known = ladders.where(rung -> value.apply(rung) != null);
    List<double[]> sequences = new ArrayList<>();
    for (List<Rung> ladder : known.ladders()) {
      sequences.add(ladder.stream().map(value).mapToDouble(OrderedTrend::number).toArray());
    }
    long[] order = order(sequences);
    long observed = Math.abs(order[0] - order[1]);
    CounterRandom random = CounterRandom.of(ladders.name() + "/" + quantity, "ordered trend", 0);
    int reached = 1;
    for (int i = 0; i < DRAWS; i++) {
      long[] drawn = order(sequences.stream().map(it -> shuffled(it, random)).toList());
      reached += Math.abs(drawn[0] - drawn[1]) >= observed ? 1 : 0;
    }
    return new OrderedTrend(
        ladders.name(), quantity, known.ladders(), order[0], order[1], reached / (DRAWS + 1.0));
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static double[] shuffled(double[] sequence, CounterRandom random) {
    double[] shuffled = new double[sequence.length];
    int[] order = random.permutation(sequence.length);
    for (int i = 0; i < order.length; i++) {
      shuffled[i] = sequence[order[i]];
    }
    return shuffled;
  }

  private static long[] order(List<double[]> sequences) {
    long rising = 0;
    long falling = 0;
    for (double[] sequence : sequences) {
      for (int i = 0; i < sequence.length; i++) {
        for (int j = i + 1; j < sequence.length; j++) {
          rising += sequence[j] > sequence[i] ? 1 : 0;
          falling += sequence[j] < sequence[i] ? 1 : 0;
        }
      }
    }
    return new long[] {rising, falling};
  }

  boolean rises() {
    return rising > falling && chance < SIGNIFICANT;
  }

  boolean falls() {
    return falling > rising && chance < SIGNIFICANT;
  }

  /** Whether a claim that the quantity rises, or falls, holds. */
  Finding finding(boolean isClaimedToRise) {
    Verdict verdict =
        !rises() && !falls()
            ? Verdict.NOT_DECIDABLE
            : rises() == isClaimedToRise ? Verdict.SUPPORTED : Verdict.CONTRADICTED;
    return Finding.of(
        verdict, sentence(), ladders.stream().flatMap(List::stream).map(Rung::cell).toList());
  }

  String sentence() {
    return ladders.isEmpty()
        ? "no two cells that differ in %s alone have %s".formatted(setting, quantity)
        : String.format(
            Locale.ROOT,
            "%s rises with %s in %d and falls in %d of the pairs of cells that differ in nothing"
                + " else (%s)",
            quantity,
            setting,
            rising,
            falling,
            Words.chance(chance));
  }
}
