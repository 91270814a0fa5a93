package dev.terrain.taxonomy.diagnosis;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of the axes beside load and temperature, read from the name of a diagram. */
final class FurtherAxes {
  private FurtherAxes() {}

  /** Values by setting of a name such as {@code data_fraction=0.1, label_noise=0}. */
  static Map<String, String> of(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : name.split(", (?=[^,=]+=)", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
      }
    }
    return values;
  }

  /** The only setting in which two combinations of the same settings differ. */
  static Optional<String> onlyDifference(Map<String, String> one, Map<String, String> other) {
    if (!one.keySet().equals(other.keySet())) {
      return Optional.empty();
    }
    String difference = null;
    for (Map.Entry<String, String> entry : one.entrySet()) {
      if (!entry.getValue().equals(other.get(entry.getKey()))) {
        if (difference != null) {
          return Optional.empty();
        }
        difference = entry.getKey();
      }
    }
    return Optional.ofNullable(difference);
  }

  /** The finite number that a text is; null if it is none. */
  static @Nullable Double number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Double.valueOf(value) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** {@code larger} or {@code smaller} between numbers, else {@code other}. */
  static String change(String from, String to) {
    Double first = number(from);
    Double second = number(to);
    if (first == null || second == null) {
      return "other";
    }
    return second > first ? "larger" : "smaller";
  }

  /** A value of a setting without needless digits. */
  static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
