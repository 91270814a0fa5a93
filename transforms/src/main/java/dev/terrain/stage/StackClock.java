package dev.terrain.stage;

import java.util.function.LongSupplier;

/**
 * Deals the wall-clock time of a stack out to its members: while n are in it, each takes 1/n of
 * what passes. All begin when it is made, so those that are in it have the same share, and the
 * shares of all add up to the time of the stack.
 */
public final class StackClock {
  private final int size;
  private final LongSupplier nanoseconds;
  private int members;
  private long last;
  private double share;

  /**
   * Begins.
   *
   * @param size members at the beginning, at least 1
   */
  public StackClock(int size) {
    this(size, System::nanoTime);
  }

  StackClock(int size, LongSupplier nanoseconds) {
    if (size < 1) {
      throw new IllegalArgumentException("size (" + size + ") must be at least 1");
    }
    this.size = size;
    this.members = size;
    this.nanoseconds = nanoseconds;
    this.last = nanoseconds.getAsLong();
  }

  /** Members at the beginning. */
  public int size() {
    return size;
  }

  /** Milliseconds that each member who is in the stack has taken so far. */
  public synchronized long shareMilliseconds() {
    advance();
    return (long) (share / 1_000_000);
  }

  /** A member leaves the stack; the others have more of the time from now on. */
  public synchronized void leave() {
    if (members == 0) {
      throw new IllegalStateException("all " + size + " members have left the stack");
    }
    advance();
    members--;
  }

  private void advance() {
    long now = nanoseconds.getAsLong();
    if (members > 0) {
      share += (double) (now - last) / members;
    }
    last = now;
  }
}
