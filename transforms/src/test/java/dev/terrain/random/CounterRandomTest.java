package dev.terrain.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known answers are those of the authors' own library (Random123, file kat_vectors). Statistical
 * bounds are five standard errors, on fixed streams.
 */
class CounterRandomTest {
  private static final int N = 200_000;

  @Test
  void philox_givesTheAuthorsKnownAnswers() {
    assertThat(CounterRandom.philox(0, 0, 0, 0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(CounterRandom.philox(-1, -1, -1, -1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(
            CounterRandom.philox(
                0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void of_sameName_givesSameStream() {
    assertThat(bits(CounterRandom.of("id", "purpose", 3)))
        .containsExactly(bits(CounterRandom.of("id", "purpose", 3)));
  }

  @Test
  void of_otherIdPurposeOrIndex_givesOtherStream() {
    Set<String> streams = new HashSet<>();
    streams.add(Arrays.toString(bits(CounterRandom.of("ab", "c", 0))));
    streams.add(Arrays.toString(bits(CounterRandom.of("a", "bc", 0))));
    streams.add(Arrays.toString(bits(CounterRandom.of("ab", "d", 0))));
    streams.add(Arrays.toString(bits(CounterRandom.of("ab", "c", 1))));
    streams.add(Arrays.toString(bits(CounterRandom.of("ab", "c", 1L << 32))));
    streams.add(Arrays.toString(bits(CounterRandom.of("ab", "c", -1))));
    assertThat(streams).hasSize(6);
  }

  @Test
  void nextDouble_isUniformOnTheUnitInterval() {
    CounterRandom random = CounterRandom.of("test", "double", 0);
    double[] draws = draws(random::nextDouble);
    assertThat(Arrays.stream(draws).boxed()).allMatch(draw -> draw >= 0 && draw < 1);
    assertMoments(draws, 1.0 / 2, 1.0 / 12, 1.0 / 80);
    int[] counts = new int[100];
    for (double draw : draws) {
      counts[(int) (draw * counts.length)]++;
    }
    assertUniform(counts);
  }

  @Test
  void nextDouble_isAMultipleOfTwoToTheMinus53() {
    CounterRandom random = CounterRandom.of("test", "multiple", 0);
    double[] draws = draws(random::nextDouble);
    assertThat(Arrays.stream(draws).boxed())
        .allMatch(draw -> draw * 0x1.0p53 == Math.rint(draw * 0x1.0p53));
    assertThat(Arrays.stream(draws).boxed())
        .anyMatch(draw -> draw * 0x1.0p52 != Math.rint(draw * 0x1.0p52));
  }

  @Test
  void nextGaussian_isStandardNormal() {
    CounterRandom random = CounterRandom.of("test", "gaussian", 0);
    double[] draws = draws(random::nextGaussian);
    assertMoments(draws, 0, 1, 3);
    double beyondTwo = Arrays.stream(draws).filter(draw -> Math.abs(draw) > 2).count();
    double share = 0.0455002639;
    assertThat(beyondTwo / N).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / N)));
  }

  @Test
  void nextGaussian_neighboursAreUncorrelated() {
    CounterRandom random = CounterRandom.of("test", "pairs", 0);
    double[] draws = draws(random::nextGaussian);
    double sum = IntStream.range(1, N).mapToDouble(i -> draws[i] * draws[i - 1]).sum();
    assertThat(sum / N).isCloseTo(0, within(5 / Math.sqrt(N)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {16, 1, 0.5})
  void nextBeta_hasTheMomentsOfTheSymmetricBeta(double alpha) {
    CounterRandom random = CounterRandom.of("test", "beta", 0);
    double[] draws = draws(() -> random.nextBeta(alpha));
    assertThat(Arrays.stream(draws).boxed()).allMatch(draw -> draw >= 0 && draw <= 1);
    double variance = 1 / (4 * (2 * alpha + 1));
    double excess = -6 / (2 * alpha + 3);
    assertMoments(draws, 0.5, variance, (3 + excess) * variance * variance);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void permutation_holdsEachNumberOnce(int length) {
    int[] order = CounterRandom.of("test", "permutation", 0).permutation(length);
    Arrays.sort(order);
    assertThat(order).containsExactly(IntStream.range(0, length).toArray());
  }

  @Test
  void permutation_givesAllOrdersEquallyOften() {
    CounterRandom random = CounterRandom.of("test", "orders", 0);
    int[] counts = new int[24];
    for (int i = 0; i < 24_000; i++) {
      counts[rank(random.permutation(4))]++;
    }
    assertUniform(counts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 100})
  void nextInt_isUniformBelowTheBound(int bound) {
    CounterRandom random = CounterRandom.of("test", "integer", bound);
    int[] counts = new int[bound];
    for (int i = 0; i < N; i++) {
      counts[random.nextInt(bound)]++;
    }
    assertUniform(counts);
  }

  /** Without rejection the remainders 0, 1, 2 would come up in the ratio 3 : 3 : 2. */
  @Test
  void nextInt_boundThatDoesNotDivideThePowerOfTwo_isUnbiased() {
    int bound = 3 << 29;
    CounterRandom random = CounterRandom.of("test", "bias", 0);
    int[] counts = new int[3];
    for (int i = 0; i < N; i++) {
      counts[random.nextInt(bound) % 3]++;
    }
    assertUniform(counts);
  }

  @Test
  void nextInt_boundThatIsNotPositive_isRefused() {
    CounterRandom random = CounterRandom.of("test", "refused", 0);
    assertThatThrownBy(() -> random.nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bound (0) must be positive");
    assertThatThrownBy(() -> random.nextBeta(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha (-1.0) must be positive");
  }

  @Test
  void rademacher_givesFairIndependentSigns() {
    double[] signs = CounterRandom.of("test", "signs", 0).rademacher(N);
    assertThat(signs).containsOnly(-1, 1);
    assertThat(Arrays.stream(signs).sum() / N).isCloseTo(0, within(5 / Math.sqrt(N)));
    double neighbours = IntStream.range(1, N).mapToDouble(i -> signs[i] * signs[i - 1]).sum();
    assertThat(neighbours / N).isCloseTo(0, within(5 / Math.sqrt(N)));
  }

  private static int[] bits(CounterRandom random) {
    return IntStream.range(0, 9).map(i -> random.nextInt()).toArray();
  }

  private static double[] draws(DoubleSupplier source) {
    return DoubleStream.generate(source).limit(N).toArray();
  }

  /** Checks mean and variance, whose standard errors follow from the fourth central moment. */
  private static void assertMoments(double[] draws, double mean, double variance, double fourth) {
    double sampleMean = Arrays.stream(draws).sum() / N;
    double sampleVariance =
        Arrays.stream(draws).map(draw -> (draw - mean) * (draw - mean)).sum() / N;
    assertThat(sampleMean).isCloseTo(mean, within(5 * Math.sqrt(variance / N)));
    assertThat(sampleVariance)
        .isCloseTo(variance, within(5 * Math.sqrt((fourth - variance * variance) / N)));
  }

  /** Chi-square against equal shares: k - 1 degrees, so mean k - 1 and variance 2 (k - 1). */
  private static void assertUniform(int[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    double chiSquare =
        Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    int degrees = counts.length - 1;
    assertThat(chiSquare).isLessThanOrEqualTo(degrees + 5 * Math.sqrt(2.0 * degrees));
  }

  private static int rank(int[] order) {
    int rank = 0;
    for (int i = 0; i < order.length; i++) {
      int smaller = 0;
      for (int j = i + 1; j < order.length; j++) {
        smaller += order[j] < order[i] ? 1 : 0;
      }
      rank = rank * (order.length - i) + smaller;
    }
    return rank;
  }
}
