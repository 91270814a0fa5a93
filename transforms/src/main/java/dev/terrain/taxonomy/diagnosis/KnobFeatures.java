package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cell as numbers: ln of the temperature, ln of the load, and for each further
 * axis its ln, or 0 and 1 for each of its values but the first where they are not numbers. A
 * setting with a value that is not positive enters as it is.
 */
final class KnobFeatures {
  private final boolean temperatureIsPositive;
  private final boolean loadIsPositive;
  private final TreeMap<String, TreeSet<String>> further = new TreeMap<>();

  KnobFeatures(List<Diagram> diagrams) {
    temperatureIsPositive =
        diagrams.stream().map(Diagram::temperature).allMatch(KnobFeatures::isPositive);
    loadIsPositive = diagrams.stream().map(Diagram::load).allMatch(KnobFeatures::isPositive);
    for (Diagram diagram : diagrams) {
      FurtherAxes.of(diagram.name())
          .forEach((axis, value) -> further.computeIfAbsent(axis, a -> new TreeSet<>()).add(value));
    }
  }

  private static boolean isPositive(DiagramAxis axis) {
    return axis.values().stream().allMatch(value -> value > 0);
  }

  double[] of(Diagram diagram, DiagramCell cell) {
    List<Double> features = new ArrayList<>();
    features.add(temperatureIsPositive ? Math.log(cell.temperature()) : cell.temperature());
    features.add(loadIsPositive ? Math.log(cell.load()) : cell.load());
    Map<String, String> values = FurtherAxes.of(diagram.name());
    further.forEach((axis, known) -> addFurther(features, known, values.get(axis)));
    return features.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void addFurther(List<Double> features, Set<String> known, @Nullable String value) {
    double[] numbers =
        known.stream()
            .map(FurtherAxes::number)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    Double number = FurtherAxes.number(value);
    if (number != null && numbers.length == known.size()) {
      boolean isPositive = Arrays.stream(numbers).allMatch(each -> each > 0);
      features.add(isPositive ? Math.log(number) : number);
      return;
    }
    known.stream().skip(1).forEach(each -> features.add(each.equals(value) ? 1.0 : 0.0));
  }
}
