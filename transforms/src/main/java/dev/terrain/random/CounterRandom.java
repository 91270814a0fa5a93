package dev.terrain.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A stream of random numbers that is a pure function of {@code (id, purpose, index)} and the
 * position in the stream.
 *
 * <p>Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC
 * 2011, section 3.3): the i-th block of 128 bits is a ten-round bijection of the counter i under a
 * 64-bit key. The key is taken from the SHA-256 of id, purpose and index, so streams of different
 * names are independent, and none depends on what other threads draw.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class CounterRandom {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW_32 = 0xFFFFFFFFL;

  private final int key0;
  private final int key1;
  private long block;
  private int[] words = new int[0];
  private int used;
  private double spareGaussian = Double.NaN;

  private CounterRandom(int key0, int key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /**
   * The stream named by its arguments, at its beginning.
   *
   * @param id whose randomness it is: a model id, or the fingerprint of a data set
   * @param purpose what it is for, such as {@code "initialisation"}
   * @param index which of several streams of that purpose: an epoch, a probe, a layer
   */
  public static CounterRandom of(String id, String purpose, long index) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (String part : new String[] {id, purpose}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(index).array());
    ByteBuffer key = ByteBuffer.wrap(digest.digest());
    return new CounterRandom(key.getInt(), key.getInt());
  }

  /** 32 uniform bits. */
  public int nextInt() {
    if (used == words.length) {
      words = philox((int) block, (int) (block >>> 32), 0, 0, key0, key1);
      block++;
      used = 0;
    }
    return words[used++];
  }

  /**
   * A uniform integer in {@code [0, bound)}, without bias (Lemire 2019, algorithm 5).
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound (" + bound + ") must be positive");
    }
    long product = (nextInt() & LOW_32) * bound;
    if ((product & LOW_32) < bound) {
      long threshold = (LOW_32 + 1 - bound) % bound;
      while ((product & LOW_32) < threshold) {
        product = (nextInt() & LOW_32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** A uniform number in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    long high = (nextInt() & LOW_32) >>> 5;
    long low = (nextInt() & LOW_32) >>> 6;
    return (high * (1L << 26) + low) * 0x1.0p-53;
  }

  /** A standard normal number (Box and Muller 1958), bit-identical on every machine. */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * StrictMath.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /** A vector of independent signs, each +1 or -1 with probability one half. */
  public double[] rademacher(int length) {
    double[] signs = new double[length];
    int bits = 0;
    for (int i = 0; i < length; i++) {
      if (i % Integer.SIZE == 0) {
        bits = nextInt();
      }
      signs[i] = (bits & 1) == 0 ? 1 : -1;
      bits >>>= 1;
    }
    return signs;
  }

  /** A uniformly drawn order of {@code 0 … length-1} (Fisher and Yates, in Durstenfeld's form). */
  public int[] permutation(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A number from Gamma(shape, 1), shape at least 1 (Marsaglia and Tsang 2000). */
  private double nextGamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        double cube = v * v * v;
        if (StrictMath.log(1 - nextDouble())
            < 0.5 * x * x + d - d * cube + d * StrictMath.log(cube)) {
          return d * cube;
        }
      }
    }
  }

  /**
   * A number from the symmetric Beta(alpha, alpha) on (0, 1), as a ratio of Gamma numbers.
   *
   * @throws IllegalArgumentException if {@code alpha} is not positive
   */
  public double nextBeta(double alpha) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha (" + alpha + ") must be positive");
    }
    double logX = logGamma(alpha);
    double logY = logGamma(alpha);
    return 1 / (1 + StrictMath.exp(logY - logX));
  }

  /** The logarithm of a Gamma number; below shape 1 by the boost G(a) = G(a + 1) U^(1/a). */
  private double logGamma(double shape) {
    if (shape >= 1) {
      return StrictMath.log(nextGamma(shape));
    }
    return StrictMath.log(nextGamma(shape + 1)) + StrictMath.log(1 - nextDouble()) / shape;
  }

  /**
   * One block of Philox4x32-10 for the counter {@code (c0, c1, c2, c3)} and the key {@code (k0,
   * k1)}.
   */
  static int[] philox(int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & LOW_32);
      long product1 = MULTIPLIER_1 * (c2 & LOW_32);
      int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c0 = next0;
      c1 = (int) product1;
      c2 = next2;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }
}
