package dev.terrain.plan;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Nominal times of units, in seconds, by their keys, in the order in which they were added; some 50
 * bytes a unit.
 */
final class NominalTimes extends AbstractMap<String, Double> {
  private static final int LEAST_SLOTS = 16;

  private final PackedKeys keys = new PackedKeys();
  private double[] seconds = new double[LEAST_SLOTS / 2];

  /** Where a key's digits say, or in the next free slot: its position, counted from 1. */
  private int[] slots = new int[LEAST_SLOTS];

  /**
   * Takes in a unit; a time that it has already is replaced.
   *
   * @throws IllegalArgumentException if the key is no SHA-256 in lower-case hexadecimal digits
   */
  void add(String key, double nominal) {
    byte[] bytes = PackedKeys.checked(key);
    int slot = slot(bytes);
    if (slots[slot] != 0) {
      seconds[slots[slot] - 1] = nominal;
      return;
    }
    keys.add(bytes);
    if (keys.size() > seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * seconds.length);
    }
    seconds[keys.size() - 1] = nominal;
    slots[slot] = keys.size();
    if (2 * keys.size() > slots.length) {
      spread();
    }
  }

  private void spread() {
    slots = new int[2 * slots.length];
    for (int index = 0; index < keys.size(); index++) {
      int slot = keys.hash(index) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = index + 1;
    }
  }

  /** The slot of a key, or the free one that it would have. */
  private int slot(byte[] key) {
    int slot = PackedKeys.hash(key) & (slots.length - 1);
    while (slots[slot] != 0 && !keys.isAt(slots[slot] - 1, key)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  @Override
  public @Nullable Double get(Object key) {
    if (!(key instanceof String text)) {
      return null;
    }
    return PackedKeys.bytes(text)
        .map(bytes -> slots[slot(bytes)])
        .filter(position -> position > 0)
        .map(position -> seconds[position - 1])
        .orElse(null);
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public Set<Map.Entry<String, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Double>> iterator() {
        return each(index -> Map.entry(keys.get(index), seconds[index]));
      }

      @Override
      public int size() {
        return keys.size();
      }
    };
  }

  @Override
  public Collection<Double> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Double> iterator() {
        return each(index -> seconds[index]);
      }

      @Override
      public int size() {
        return keys.size();
      }
    };
  }

  private <T> Iterator<T> each(IntFunction<T> element) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < keys.size();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return element.apply(next++);
      }
    };
  }
}
